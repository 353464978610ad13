"""How the pages are served: `gunicorn lms.wsgi --config lms/gunicorn.py`. The numbers were measured by `./bench answers`."""

import multiprocessing

worker_class = "gthread"
workers = max(2, multiprocessing.cpu_count())
threads = 4
keepalive = 75  # a reverse proxy keeps its connections; without one, a reader's next item comes on the same
control_socket_disable = True
