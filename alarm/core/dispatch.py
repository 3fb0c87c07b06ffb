"""Who carries out which command; each once for each update of Telegram."""

from __future__ import annotations

from alarm.core import (
    bypass,
    camera_rules,
    contacts,
    drill,
    duress,
    exit_delay,
    groups,
    incidents,
    invitations,
    mode_setup,
    panel,
    panic,
    people,
    pictures,
    pin_change,
    pin_entry,
    privacy,
    roles,
    screens,
    secrecy,
    settings_change,
    trial,
)
from alarm.core.clock_commands import (
    ArmLater,
    DropPlan,
    EndVacation,
    GoOnVacation,
    KeepHold,
    RemoveWindow,
    SetWindow,
    SkipArming,
    SwitchSchedule,
)
from alarm.core.commands import (
    Acknowledge,
    Arm,
    AskCameras,
    CancelArming,
    Command,
    CountAgain,
    Disarm,
    Drill,
    ExtendExit,
    FalseAlarm,
    LeaveOut,
    MorePictures,
    Panic,
    PinScreen,
    Rearm,
    SetCameraRule,
    SetModeCameras,
    SetOption,
    SetPrivacy,
    TakeChoice,
    TickCamera,
    TickPrivacy,
    UnpinScreen,
)
from alarm.core.contact_commands import (
    AddContact,
    KeepContact,
    MoveContact,
    OwnPhone,
    RemoveContact,
    RenameContact,
    SetQuietHours,
    TryPhone,
)
from alarm.core.draft import Draft
from alarm.core.household_commands import (
    Claim,
    ForgetGroup,
    Invite,
    KeepGuest,
    Revoke,
    SetGroup,
    SetRole,
    WithdrawInvitation,
)
from alarm.core.pin_commands import (
    CancelPin,
    ChangePin,
    EnterPin,
    UnlockPin,
)
from alarm.core.schedule import ahead, changing, later, vacation

# Enough to cover every update that Telegram may hand out twice.
KEPT_UPDATES = 200


def command(draft: Draft, order: Command) -> None:
    """Carry out what a person asked, unless this update of Telegram was carried out before."""
    actor = order.actor
    handled = draft.state.handled
    if actor.update_id in handled:
        return
    draft.set(handled=(*handled, actor.update_id)[-KEPT_UPDATES:])
    people.reachable_again(draft, actor)
    draft.author = actor.user_id
    guarded(draft, secrecy.as_seen(draft.state, order))


def guarded(draft: Draft, order: Command) -> None:
    """Carry it out; what ends a watch or an alarm only with the PIN, where there is one."""
    match order:
        case Disarm() | FalseAlarm():
            pin_entry.guard(draft, order, carry_out)
        case CancelArming():
            if (disarm := exit_delay.cancelling(draft, order)) is not None:
                pin_entry.guard(draft, disarm, carry_out)
        case EnterPin():
            pin_change.enter(draft, order, carry_out)
        case _:
            carry_out(draft, order)


def carry_out(draft: Draft, order: Command) -> None:
    match order:
        case Claim():
            people.claim(draft, order)
        case Arm(actor=actor, mode=mode) if mode not in draft.state.settings.modes:
            mode_setup.ask(draft, actor, mode, arm=True, area=order.area, until=order.until)
        case Arm():
            panel.arm(draft, order)
        case Disarm():
            panel.disarm(draft, order)
        case Rearm():
            panel.rearm(draft, order)
        case ExtendExit():
            exit_delay.extend(draft, order)
        case Acknowledge():
            incidents.acknowledge(draft, order)
        case FalseAlarm() if (called := duress.incident_of(draft, order)) is not None:
            duress.false_alarm(draft, order, called)
        case FalseAlarm():
            incidents.false_alarm(draft, order)
        case MorePictures():
            pictures.more(draft, order)
        case PinScreen():
            screens.pin(draft, order)
        case UnpinScreen():
            screens.unpin(draft, order)
        case SetOption():
            settings_change.set_option(draft, order)
        case SetModeCameras():
            mode_setup.set_cameras(draft, order)
        case AskCameras():
            mode_setup.ask(draft, order.actor, order.mode)
        case TickCamera():
            mode_setup.tick(draft, order)
        case TickPrivacy():
            mode_setup.tick_privacy(draft, order)
        case TakeChoice():
            mode_setup.take(draft, order)
        case ChangePin():
            pin_change.change(draft, order)
        case CancelPin():
            pin_entry.cancel(draft, order)
        case UnlockPin():
            pin_entry.unlock(draft, order)
        case Panic():
            panic.raise_alarm(draft, order)
        case LeaveOut():
            bypass.leave_out(draft, order)
        case CountAgain():
            bypass.count_again(draft, order)
        case SetCameraRule():
            camera_rules.set_rule(draft, order)
        case Drill():
            drill.start(draft, order)
        case ArmLater(actor=actor, mode=mode):
            later.arm_later(draft, order)
            if mode not in draft.state.settings.modes:
                mode_setup.ask(draft, actor, mode)
        case DropPlan():
            later.drop_plan(draft, order)
        case KeepHold():
            ahead.keep_hold(draft, order)
        case SkipArming():
            ahead.skip_arming(draft, order)
        case GoOnVacation():
            vacation.go(draft, order)
        case EndVacation():
            vacation.end(draft, order)
        case SetWindow():
            changing.set_window(draft, order)
        case RemoveWindow():
            changing.remove_window(draft, order)
        case SwitchSchedule():
            changing.switch(draft, order)
        case SetPrivacy(actor=actor, mode=mode, on=on) if mode not in draft.state.settings.modes:
            # Its cameras come first: without them every camera would count.
            mode_setup.ask(draft, actor, mode, private=on)
        case SetPrivacy():
            privacy.set_privacy(draft, order)
        case Invite():
            invitations.invite(draft, order)
        case WithdrawInvitation():
            invitations.withdraw(draft, order)
        case SetRole():
            roles.set_role(draft, order)
        case KeepGuest():
            roles.keep_guest(draft, order)
        case Revoke():
            roles.revoke(draft, order)
        case SetGroup():
            groups.set_group(draft, order)
        case ForgetGroup():
            groups.forget_group(draft, order)
        case AddContact():
            contacts.add(draft, order)
        case RemoveContact():
            contacts.remove(draft, order)
        case KeepContact():
            contacts.keep(draft, order)
        case MoveContact():
            contacts.move(draft, order)
        case RenameContact():
            contacts.rename(draft, order)
        case SetQuietHours():
            contacts.set_quiet_hours(draft, order)
        case OwnPhone():
            contacts.own_phone(draft, order)
        case TryPhone():
            trial.start(draft, order)
