#!/usr/bin/env python3
"""Renders chat templates as Hugging Face's transformers does, for tests/core/test_text_template.cpp.

    apt install python3-jinja2
    python3 tests/support/render_chat_templates.py FOLDER

FOLDER has templates, NAME.jinja. Writes FOLDER/expected.json: for each template and each of the
conversations below what jinja2 makes of it, or null where the template refuses it. The environment
is the one of transformers' utils/chat_template_utils.py.
"""

import datetime
import json
import pathlib
import sys

import jinja2
import jinja2.ext
import jinja2.sandbox

USER = {"role": "user", "content": "What is 2 + 3?"}
ANSWER = {"role": "assistant", "content": "It is 5.\n"}
SYSTEM = {"role": "system", "content": "  You count.  "}
QUOTES = {"role": "user", "content": "Say \"é\" & <b>\nin 'one' line\\word"}
THOUGHT = {"role": "assistant", "content": "<think>\nfive\n</think>\n\nIt is 5."}
CALL = {"role": "assistant", "content": "", "tool_calls": [
    {"id": "123456789", "type": "function", "function": {"name": "add", "arguments": {"a": 2, "b": 3.5}}}]}
RESULT = {"role": "tool", "name": "add", "tool_call_id": "123456789", "content": "5.5"}
TOOLS = [{"type": "function", "function": {
    "name": "add", "description": "Adds \"two\" numbers.",
    "parameters": {"type": "object", "properties": {"a": {"type": "number"}, "b": {"type": "number"}},
                   "required": ["a", "b"]}}}]

CONVERSATIONS = [
    {"messages": [USER], "add_generation_prompt": True},
    {"messages": [USER], "add_generation_prompt": False},
    {"messages": [SYSTEM, USER], "add_generation_prompt": True},
    {"messages": [SYSTEM, USER, ANSWER], "add_generation_prompt": False},
    {"messages": [USER, ANSWER, QUOTES], "add_generation_prompt": True},
    {"messages": [USER, THOUGHT, QUOTES, THOUGHT], "add_generation_prompt": False},
    {"messages": [USER], "add_generation_prompt": True, "enable_thinking": False},
    {"messages": [USER, USER], "add_generation_prompt": True},
    {"messages": [SYSTEM, USER], "tools": TOOLS, "add_generation_prompt": True},
    {"messages": [USER, CALL, RESULT], "tools": TOOLS, "add_generation_prompt": True},
]
FIXED = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}


def environment():
    class Generation(jinja2.ext.Extension):
        tags = {"generation"}

        def parse(self, parser):
            line = next(parser.stream).lineno
            body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
            return jinja2.nodes.CallBlock(self.call_method("_text"), [], [], body).set_lineno(line)

        def _text(self, caller):
            return caller()

    def refuse(message):
        raise jinja2.exceptions.TemplateError(message)

    def to_json(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
        return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators,
                          sort_keys=sort_keys)

    made = jinja2.sandbox.ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True,
        extensions=[Generation, jinja2.ext.loopcontrols])
    made.filters["tojson"] = to_json
    made.globals["raise_exception"] = refuse
    # The test renders at the beginning of 1970, in UTC.
    made.globals["strftime_now"] = datetime.datetime(1970, 1, 1).strftime
    return made


def main():
    folder = pathlib.Path(sys.argv[1])
    made = environment()
    expected = {"conversations": [FIXED | conversation for conversation in CONVERSATIONS], "texts": {}}
    for file in sorted(folder.glob("*.jinja")):
        template = made.from_string(file.read_text(encoding="utf-8"))
        texts = expected["texts"][file.name] = []
        for conversation in expected["conversations"]:
            try:
                texts.append(template.render(**conversation))
            except (jinja2.exceptions.TemplateError, TypeError) as error:
                print(f"{file.name}: {error}", file=sys.stderr)
                texts.append(None)
    text = json.dumps(expected, ensure_ascii=False, indent=1)
    (folder / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
