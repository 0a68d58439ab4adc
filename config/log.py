"""Structured logs on stderr, with personal data masked whatever a caller passes in."""

import logging
import re
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

# Addresses and numbers also as they stand in a request's path: %40 is @, %2B is +.
EMAIL = re.compile(r"[^\s\"'<>(),;:=/?&]+(?:@|%40)[^\s\"'<>(),;:=/?&]+", re.IGNORECASE)
PHONE = re.compile(
    r"(?:\+|%2B)\d(?:[\s().-]|%20)*(?:\d(?:[\s().-]|%20)*){6,13}\d(?!\d)"
    r"|(?<![\w.-])\d{8,15}(?![\w.-])",
    re.IGNORECASE,
)


def mask(value: Any) -> Any:
    """`value` with e-mail addresses and phone numbers replaced, at any depth.

    Numbers stay, as counts and ids are logged as such; other objects become masked text.
    """
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {mask(key): mask(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [mask(item) for item in value]
    return PHONE.sub("[phone]", EMAIL.sub("[email]", str(value)))


def mask_personal_data(
    logger: Any, name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """A structlog processor; runs after tracebacks became text, so that they are masked too."""
    return {key: mask(value) for key, value in event.items()}


def configuration(*, json: bool, level: str) -> dict[str, Any]:
    """A LOGGING dict: JSON lines in production, readable lines on a terminal otherwise."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        structlog.processors.StackInfoRenderer(),
        mask_personal_data,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    renderer,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Without its own handlers, which would write to a terminal and to mails unmasked.
            "django": {"handlers": []},
            "procrastinate": {"level": logging.WARNING},
            # Its own lines would say everything twice.
            "django.server": {"handlers": ["stderr"], "level": logging.WARNING, "propagate": False},
        },
    }
