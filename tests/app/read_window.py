"""read_window.py PROGRAM FILE: what a screen reader gets of the window, through AT-SPI.

It starts the program on the file and fails with a sentence where something cannot be read.
"""
import re
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 120  # seconds, for a busy machine
NODE = re.compile(r"a\d+\.h\d+$")


def children(one):
    every = [one.get_child_at_index(i) for i in range(one.get_child_count())]
    return [child for child in every if child is not None]


def all_below(top):
    """The accessible objects below `top`; those that vanish meanwhile are left out."""
    waiting = [top]
    while waiting:
        one = waiting.pop()
        try:
            below = children(one)
        except GLib.Error:
            continue
        yield from below
        waiting.extend(below)


def wait_for(what, find, seen=lambda: ""):
    """The first thing that `find` gives; the test fails where it gives none, and says what is `seen`.

    Whatever asks the window something belongs in here: an object may vanish before it answers, and
    what is just being built answers in part.
    """
    end = time.monotonic() + PATIENCE
    last = ""
    while time.monotonic() < end:
        try:
            found = find()
        except GLib.Error as error:
            found, last = None, f" ({error.message})"  # the window is changing
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"{what}: not there after {PATIENCE} seconds{last} {seen()}".rstrip())


def named(top, role, name):
    """The object of that role whose name is, or fits, `name`."""
    for one in all_below(top):
        if one.get_role_name() == role and re.fullmatch(name, one.get_name()):
            return one
    return None


def names_in(top, role, name):
    """The names of what the object of that role and name holds; None where there is no such one."""
    one = named(top, role, name)
    return one and [child.get_name() for child in children(one)]


def wait_for_names(what, window, name, enough=lambda names: True):
    """Waits for the list of that name, until all that it holds has names and these are `enough`."""
    names = []

    def whole():
        names[:] = names_in(window, "list", name) or []
        return names and all(names) and enough(names)

    wait_for(what, whole, lambda: names)


def window_of(program):
    def find():
        assert program.poll() is None, "the program has ended"
        for application in children(Atspi.get_desktop(0)):
            if application.get_name() == "Circuitloom":
                return named(application, "frame", r"sample\.loom.*Circuitloom")
        return None

    return wait_for("the window with the file's name", find)


def check_circuit(window):
    def enough(names):
        heads = sum(bool(NODE.match(name)) for name in names)
        return "input" in names and "logits" in names and heads >= 8

    wait_for_names("the circuit's nodes, each with a name", window, "Circuit", enough)


def check_timeline(window):
    """The slider's value is the iteration; setting it shows that one everywhere."""

    def slider():
        return named(window, "slider", "Timeline")

    def shown():
        field = named(window, "text", "Iteration")
        return field and Atspi.Text.get_text(field, 0, -1)

    def described():
        circuit = named(window, "list", "Circuit")
        return circuit and [node.get_description() for node in children(circuit)]

    def at(iteration):
        one = slider()
        return one and Atspi.Value.get_current_value(one) == iteration

    def move_to(iteration):
        one = slider()
        return one and Atspi.Value.set_current_value(one, iteration)

    def is_long():
        one = slider()
        return one and Atspi.Value.get_maximum_value(one) > 20

    wait_for("a timeline of more than 20 iterations", is_long)
    wait_for("another iteration than 7 in the field", lambda: (shown() or "7") != "7")
    of_nodes = wait_for("the nodes' descriptions", described)
    wait_for("a timeline that is moved", lambda: move_to(7))
    wait_for("iteration 7 in the field", lambda: shown() == "7")
    wait_for("iteration 7 on the timeline", lambda: at(7))
    wait_for("another circuit's edges", lambda: (described() or of_nodes) != of_nodes)


def check_curves(window):
    for title in ("Loss", "Capabilities"):
        wait_for_names(f"the lines of {title}, each with a name", window, title)


def check_dynamics(window):
    def open_panel():
        command = named(window, "menu item", "Dynamics")
        return command and Atspi.Action.do_action(command, 0)

    wait_for("the panel's command", open_panel)
    wait_for_names("the rows of the heat strip, each with a name", window,
                   "Scores over the iterations")


def controls_of(window):
    """How many objects in sight take the focus, and a word on each of these that has no name."""
    nameless, count = [], 0
    for one in all_below(window):
        try:
            states = one.get_state_set()
            wanted = states.contains(Atspi.StateType.FOCUSABLE) and states.contains(
                Atspi.StateType.SHOWING)
            count += wanted
            # A label is read by its text, a bar of tabs by these: not at all where there is none.
            role = one.get_role_name()
            silent = role == "label" or (role == "page tab list" and all(
                child.get_role_name() != "page tab" for child in children(one)))
            if wanted and not silent and not one.get_name().strip():
                above = one.get_parent()
                place = above and f"{above.get_role_name()} “{above.get_name()}”"
                nameless.append(f"{role} in {place}")
        except GLib.Error:
            continue
    return count, nameless


def check_names(window):
    """Whatever is in sight and takes the focus says what it is."""
    seen = [0, []]

    def all_named():
        seen[:] = controls_of(window)
        return seen[0] > 30 and not seen[1]

    wait_for("more than 30 controls that take the focus, each with a name", all_named,
             lambda: f"({seen[0]} controls; without a name: {'; '.join(seen[1]) or 'none'})")


def main():
    # A busy machine's window answers late, which is no error: the library waits 0.8 s by itself.
    Atspi.set_timeout(30_000, 60_000)
    program = subprocess.Popen([sys.argv[1], "--language", "en", sys.argv[2]])
    try:
        window = window_of(program)
        for check in (check_circuit, check_timeline, check_curves, check_dynamics, check_names):
            check(window)
            print(check.__name__, "passed", flush=True)
    except AssertionError as failure:
        sys.exit(f"read_window: {failure}")
    finally:
        program.terminate()
        program.wait(PATIENCE)


main()
