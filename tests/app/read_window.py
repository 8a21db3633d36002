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


def wait_for(what, find):
    """The first thing that `find` gives; the test fails where it gives none."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            found = find()
        except GLib.Error:
            found = None  # the window is changing
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"{what}: not there after {PATIENCE} seconds")


def named(top, role, name):
    """The object of that role whose name is, or fits, `name`."""
    for one in all_below(top):
        if one.get_role_name() == role and re.fullmatch(name, one.get_name()):
            return one
    return None


def text_of(one):
    return Atspi.Text.get_text(one, 0, -1)


def window_of(program):
    desktop = Atspi.get_desktop(0)

    def find():
        assert program.poll() is None, "the program has ended"
        for application in children(desktop):
            if application.get_name() == "Circuitloom":
                return named(application, "frame", r"sample\.loom.*Circuitloom")
        return None

    return wait_for("the window with the file's name", find)


def check_circuit(window):
    def nodes():
        circuit = named(window, "list", "Circuit")
        return circuit and children(circuit)

    names = [node.get_name() for node in wait_for("the circuit's nodes", nodes)]
    assert "input" in names and "logits" in names, names
    assert sum(bool(NODE.match(name)) for name in names) >= 8, names
    assert all(names), "a node has no name"


def check_timeline(window):
    """The slider's value is the iteration; setting it shows that one everywhere."""
    slider = wait_for("the timeline", lambda: named(window, "slider", "Timeline"))
    last = Atspi.Value.get_maximum_value(slider)
    assert last > 20, f"the timeline ends at {last}"
    shown = wait_for("the iteration's field", lambda: named(window, "text", "Iteration"))
    before = text_of(shown)

    def described():
        circuit = named(window, "list", "Circuit")
        return [node.get_description() for node in children(circuit)]

    of_nodes = described()
    Atspi.Value.set_current_value(slider, 7)
    wait_for("iteration 7 in the field", lambda: text_of(shown) == "7")
    assert before != "7"
    assert Atspi.Value.get_current_value(slider) == 7
    wait_for("another circuit's edges", lambda: described() != of_nodes)


def check_curves(window):
    for title in ("Loss", "Capabilities"):
        plot = wait_for(title, lambda: named(window, "list", title))
        lines = wait_for(f"the lines of {title}", lambda: children(plot))
        assert all(line.get_name() for line in lines), f"a line of {title} has no name"


def check_dynamics(window):
    panel = wait_for("the panel's command", lambda: named(window, "menu item", "Dynamics"))
    assert Atspi.Action.do_action(panel, 0)

    def rows():
        strip = named(window, "list", "Scores over the iterations")
        return strip and children(strip)

    for row in wait_for("the rows of the heat strip", rows):
        assert row.get_name(), "a row of the heat strip has no name"


def check_names(window):
    """Whatever is in sight and takes the focus says what it is."""
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
                nameless.append(f"{role} in {above.get_role_name()} "
                                f"“{above.get_name()}”")
        except GLib.Error:
            continue
    assert count > 30, f"only {count} controls take the focus"
    assert not nameless, "no name: " + "; ".join(nameless)


def main():
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
