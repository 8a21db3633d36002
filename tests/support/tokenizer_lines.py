"""The lines of tests/data/tokenizers/lines.txt: mixed text of every awkward kind, from a seed.

Every character was assigned in Unicode 12, or is unassigned for good (private use, noncharacters):
`tokenizers` normalizes by Unicode 12's data, and newer ones differ only in newer characters.
"""

import random
import unicodedata

PROSE = (
    "the a of and to in is that it was for on are as with his they at be this from have or by one had "
    "not but what all were when we there can an your which their said if do will each about how up out "
    "them then she many some so these would other into has more her two like him see time could no make "
    "than first been its who now people my made over did down only way find use may water long little "
    "very after words called just where most know keys cabinet Mary John store drink London Paris")
CONTRACTIONS = (
    "don't we'll they're I'm I've he'd it's DON'T WE'LL THEY'RE I'M I'VE HE'D IT'S don’t it’s 'tis ''s "
    "x's' 's 'S 't 'T 'Re 'vE 'lL 'ſ 'ſt o'clock O'Neil rock'n'roll 'em y'all'd've")
CODE = [
    "for (int i = 0; i < n; ++i) { sum += values[i]; }", "def f(x):\n    return x**2  # square\n",
    "\tif (a&&b||!c) {\r\n\t\treturn -1;\r\n\t}", "SELECT * FROM t WHERE id=42;", "x = {'a': [1, 2], \"b\": None}",
    "std::vector<std::pair<int,int>> v;", "http://example.org/a?b=c&d=%20#e", "#include <stdio.h>",
    "<div class=\"x\">&nbsp;</div>", "lambda x: x if x>0 else -x", "    indented\n        more\n", "a->b.c::d<e>",
    "/* comment */ // line", "\\n \\t \\\\ \\x41 \\u00e9", "$HOME/.config/*.{json,toml}", "git commit -m \"it's\"",
    "snake_case camelCase SCREAMING_CASE kebab-case", "0xDEADBEEF 1e-10 3.14f 1_000_000", "x=1;y=2;z=x+y",
    "@decorator\nasync def g(): pass", "if __name__ == '__main__':", "let s = r#\"raw\"#;", "a[b[c[d]]]", "!!!??? ... --- ***",
]
EMOJI = [
    "😀", "👩‍👩‍👧‍👦", "🇩🇪", "🇫🇷🇯🇵", "👍🏽", "❤️", "1️⃣", "🏳️‍🌈", "🧑🏿‍🚀", "☺", "✈︎", "🤷🏻‍♀️", "💩", "🙏", "🎉", "©", "™️",
]
SPACES = [
    " ", "  ", "   ", "\t", "\n", "\r\n", "\r", "\n\n", "\u00a0", "\u2003", "\u2009", "\u200a", "\u202f", "\u205f",
    "\u3000", "\u1680", "\u0085", "\u2028", "\u2029", "\u000b", "\u000c", "\u180e", "\u200b", "\ufeff", "\u2060", "\u200d",
]
SPECIALS = [
    "<s>", "</s>", "<unk>", "<|endoftext|>", "<|padding|>", "<|im_start|>", "<|im_end|>", "<|begin_of_text|>",
    "<|eot_id|>", "<|start_header_id|>", "[INST]", "[/INST]", "<bos>", "<mask>", "<<left>>", "<0x0A>", "<0x41>",
    "<|endoftex", "|endoftext|>", "<<s>>", "[INST", "</ s>", "<|im_start|><|im_end|>", "▁", "▁▁a", "Ġ", "Ċ", "Éclair", "E\u0301clair",
]
MARKS = [chr(c) for c in (
    0x300, 0x301, 0x302, 0x303, 0x308, 0x30a, 0x30c, 0x323, 0x327, 0x328, 0x31b, 0x345, 0x338, 0x5b0, 0x5bc, 0x64b,
    0x651, 0x655, 0x670, 0x93c, 0x94d, 0x9be, 0xe38, 0xe48, 0x1037, 0x20dd, 0x3099, 0x309a, 0xfe20, 0x1d165, 0x1d16e)]
FORMS = [
    "\u212b", "\u2126", "\u00c5", "A\u030a", "\u1e9b\u0323", "\u0344", "\u0958", "\ufb1d", "\ufb2c", "\u0f73", "\u0f75",
    "\u0f81", "\u0f71\u0f72", "ﬁ", "ﬀ", "ß", "ẞ", "İ", "ı", "ǅ", "\u1100\u1161\u11a8", "가", "각", "\u1100\u1161", "\uac00\u11a8",
    "½", "²", "①", "㎏", "㍿", "\ufdfa", "ｆｕｌｌ", "ﾊﾝｶｸ", "が", "か\u3099", "\u304b\u0323\u3099", "e\u0327\u0301", "e\u0301\u0327",
    "é", "ê\u0323", "ệ", "q\u0307\u0323", "q\u0323\u0307", "\u0b47\u0b56", "\u0cbf\u0cd5", "\u09c7\u09be", "\U0001d15e", "\u2adc",
    "豈", "\U0002f800", "\u0387", "\u037e", "\u1fee", "\u01d5", "U\u0308\u0304", "ʼn", "ŉ", "\u1e69", "s\u0323\u0307", "s\u0307\u0323",
]
SCRIPTS = {
    "cjk": (0x4E00, 0x9FA5), "hiragana": (0x3041, 0x3093), "katakana": (0x30A1, 0x30F6), "hangul": (0xAC00, 0xD7A3),
    "jamo": (0x1100, 0x11F9), "cyrillic": (0x410, 0x44F), "greek": (0x391, 0x3C9), "hebrew": (0x5D0, 0x5EA),
    "arabic": (0x621, 0x652), "devanagari": (0x905, 0x94D), "bengali": (0x985, 0x9CD), "tamil": (0xB85, 0xBCD),
    "thai": (0xE01, 0xE4E), "georgian": (0x10D0, 0x10F0), "armenian": (0x531, 0x556), "ethiopic": (0x1200, 0x1248),
    "latin": (0xC0, 0x17F), "vietnamese": (0x1EA0, 0x1EF9), "cjk b": (0x20000, 0x2A6D6), "math": (0x1D400, 0x1D7FF),
    "tibetan": (0xF40, 0xFBC), "runic": (0x16A0, 0x16EA), "cherokee": (0x13A0, 0x13F4),
}
DIGITS = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "๐๑๒๓๔๕๖๗๘๙", "０１２３４５６７８９", "ⅠⅡⅢⅣⅧ", "²³¹", "½¼¾", "〇一二三", "𝟎𝟏𝟐"]
CONTROLS = [chr(c) for c in (*range(0, 9), *range(14, 32), 0x7F, *range(0x80, 0xA0))]
UNASSIGNED = ["\ue000", "\uf8ff", "\U000f0000", "\U0010fffd", "\ufdd0", "\ufffe", "\uffff", "\U0001ffff", "\U0010ffff", "\ufffd", "\U000e0001"]


def stable_characters():
    """Assigned in Unicode 3.2, and of the same category since."""
    old = unicodedata.ucd_3_2_0
    return [
        chr(c) for c in range(0x20, 0x30000)
        if old.category(chr(c)) not in ("Cn", "Cs", "Co") and old.category(chr(c)) == unicodedata.category(chr(c))]


class Lines:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.stable = stable_characters()
        self.letters = {
            name: [chr(c) for c in range(first, last + 1) if unicodedata.ucd_3_2_0.category(chr(c)) != "Cn"]
            for name, (first, last) in SCRIPTS.items()}

    def pick(self, items):
        return items[self.random.randrange(len(items))]

    def some(self, least, most, part, separator=""):
        return separator.join(part() for _ in range(self.random.randint(least, most)))

    def word(self):
        word = self.pick(PROSE.split() + CONTRACTIONS.split())
        return self.pick([word, word, word, word.capitalize(), word.upper()])

    def prose(self):
        return self.some(2, 9, self.word, self.pick([" ", " ", " ", "  ", ", "])) + self.pick([".", "?", "!", "", " ", "..."])

    def script_word(self, name=None):
        name = name or self.pick(list(self.letters))
        return self.some(1, 6, lambda: self.pick(self.letters[name]))

    def script(self):
        name = self.pick(list(self.letters))
        return self.some(1, 4, lambda: self.script_word(name), self.pick([" ", "", "，", "-"]))

    def number(self):
        digits = self.pick(DIGITS[:1] * 6 + DIGITS)
        return self.some(1, 9, lambda: self.pick(digits)) + self.pick(["", "", ".", ",000", "%", "-", "th"])

    def marked(self):
        return self.pick(["a", "e", "o", "u", "q", "A", "か", "ا", "क", "ו", " ", "1", "é", "가", "."]) + self.some(
            1, 4, lambda: self.pick(MARKS))

    def anything(self):
        return self.pick([
            self.word, self.script_word, self.number, self.marked, lambda: self.pick(EMOJI), lambda: self.pick(SPACES),
            lambda: self.pick(SPECIALS), lambda: self.pick(FORMS), lambda: self.pick(CONTROLS), lambda: self.pick(UNASSIGNED),
            lambda: self.pick(self.stable), lambda: self.pick(CODE)[:12]])()

    def spaced(self):
        return self.some(1, 5, lambda: self.pick([self.word, self.number, lambda: self.pick(SPECIALS)])() + self.some(
            1, 3, lambda: self.pick(SPACES)))

    def special(self):
        return self.some(1, 3, lambda: self.pick(["", " ", "  ", self.word(), self.number()]) + self.pick(SPECIALS)) + self.pick(
            ["", " ", "\n", " x"])

    def line(self):
        return self.pick(
            [self.prose] * 4 + [self.script] * 4 + [self.spaced] * 2 + [self.special] * 2 + [
                lambda: self.pick(CODE), lambda: self.pick(CODE) + self.pick(SPACES) + self.pick(CODE),
                lambda: self.some(1, 6, self.number, self.pick([" ", "", "/"])),
                lambda: self.some(1, 8, self.marked), lambda: self.some(1, 6, lambda: self.pick(FORMS), self.pick(["", " "])),
                lambda: self.some(1, 6, lambda: self.pick(EMOJI), self.pick(["", " ", "a"])),
                lambda: self.some(1, 8, lambda: self.pick(self.stable)), lambda: self.some(1, 8, self.anything),
                lambda: self.some(1, 8, self.anything), lambda: self.some(1, 5, lambda: self.pick(CONTROLS) + self.word())])()


def make_lines(count=10_000, seed=20_240_229):
    lines = Lines(seed)
    fixed = ["", " ", "  ", "\n", "\r\n", "\t", "a", "▁", "\u0301", "\u0301\u0323a"]
    fixed += [part * repeats for part, repeats in [
        ("a", 900), ("the", 400), (" ", 700), ("\n", 300), ("你", 200), ("e\u0301", 300), ("\u0301\u0323", 200), ("1", 500), ("=", 400),
        ("👍🏽", 60), ("\x00", 100), ("\u00a0", 150), (" \n", 200), ("ab ", 200), ("<|endoftext|>", 20)]]
    return fixed + [lines.line() for _ in range(count - len(fixed))]
