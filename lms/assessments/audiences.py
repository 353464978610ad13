"""What each of the three audiences takes: the assessment that measures, the one that trains."""

from typing import Final

from .models.offer import Audience

PLACEMENTS: Final = {
    Audience.STUDENT.value: "placement",
    Audience.PROFESSIONAL.value: "professional",
    Audience.CITIZEN.value: "citizen",
}
TRAININGS: Final = {
    Audience.STUDENT.value: "training",
    Audience.PROFESSIONAL.value: "training-professional",
    Audience.CITIZEN.value: "training-citizen",
}
