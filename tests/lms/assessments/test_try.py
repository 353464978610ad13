import time
def test_a(taker):
    t=time.time(); taker.finish(); print(time.time()-t, len(taker.told), taker.body)
