"""Whatever comes, only who may is let in."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import Update

from alarm.core.state import Role
from bot.chat.access import command_of, permitted, person_of
from bot.chat.allowed import COMMANDS, PRESSES
from bot.pages import Press
from tests.bot.chat.bench import (
    ANN,
    ANONYMOUS_ADMIN,
    BEN,
    GROUP,
    MALLORY,
    NOON,
    VIC,
    message,
    press,
    update,
)
from tests.bot.chat.ranks import ACTING, LOOKING, OWNING, STATE, UNCLAIMED

# The first text takes seconds to be thought of on a busy machine.
LEISURELY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
_users = st.sampled_from([ANN, BEN, VIC, MALLORY, ANONYMOUS_ADMIN, GROUP, 0])
_words = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.sampled_from([f"/{name}" for name in (*LOOKING, *ACTING, *OWNING)]),
    st.builds("/{} {}".format, st.sampled_from([*LOOKING, *ACTING, *OWNING]), st.text(max_size=10)),
)
_messages = st.builds(
    lambda text, user, chat, kind, is_bot: message(text, user, chat=chat, kind=kind, is_bot=is_bot),
    _words,
    _users,
    _users,
    st.sampled_from(["private", "group", "supergroup", "channel"]),
    st.booleans(),
)
_presses = st.builds(
    lambda data, user, chat: press(data, user, chat=chat),
    st.one_of(st.text(max_size=12), st.builds("{}:i1".format, st.sampled_from(list(Press)))),
    _users,
    st.builds(lambda written: written["chat"], _messages),
)
_updates = st.fixed_dictionaries(
    {},
    optional={
        "message": _messages,
        "edited_message": _messages,
        "channel_post": _messages,
        "callback_query": _presses,
    },
).map(lambda content: update(**content))


@given(_updates)
@LEISURELY
def test_whatever_is_permitted_was_done_by_somebody_who_may(odd: Update) -> None:
    if not permitted(odd, STATE, NOON):
        return
    person = person_of(odd, STATE)
    assert person is not None
    assert odd.effective_user is not None
    assert odd.effective_chat is not None
    assert odd.effective_user.id == person.user_id
    private = odd.effective_chat.type == "private"
    assert odd.effective_chat.id == (person.user_id if private else GROUP)
    assert not odd.effective_user.is_bot
    assert odd.edited_message is None
    assert odd.channel_post is None
    if odd.callback_query is not None:
        assert odd.message is None
        assert person.role.covers(PRESSES[Press((odd.callback_query.data or "").split(":")[0])])
    else:
        assert person.role.covers(COMMANDS.get(command_of(odd) or "", Role.VIEWER))


@given(_updates)
@LEISURELY
def test_who_is_unknown_gets_in_by_the_code_alone(odd: Update) -> None:
    assert not permitted(odd, UNCLAIMED, NOON)
