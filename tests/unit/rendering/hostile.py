"""What a learner may be called who wants something of the page."""

from typing import Final

NAMES: Final = {
    "a template expression": "{{ 7*7 }}",
    "a template statement": "{% for x in range(10**9) %}{% endfor %}",
    "a template that reaches for the program": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "a script": "<script>alert(1)</script>",
    "a picture with a handler": "\"><img src=x onerror=alert(1)>",
    "the end of the style sheet": "</style><script>alert(1)</script>",
    "a comment that opens": "<!-- ",
    "an entity": "&lt;script&gt; &amp; &#60;b&#62;",
    "a Typst call": "#panic()",
    "a Typst import": "#import \"@preview/example:1.0.0\"",
    "Typst markup": "*bold* _it_ $x^2$ = Heading // comment @label <label> \\",
    "a Typst read": "#read(\"/etc/passwd\")",
    "the end of the JSON": "\"}]}\\u0022,\\",
    "a path": "../../etc/passwd",
    "a right-to-left override": "Ana \u202egnp.exe",
    "an emoji": "Ana 👩\u200d🎓 🇷🇸",
    "Chinese and Arabic": "李明 محمد",
    "a tower of accents": "Z" + "\u0335\u0321\u0322\u0489" * 40,
    "control characters": "Ana\x00\x07\x1b[31m\x7f\u0085",
    "one endless word": "W" * 250,
    "nothing but spaces": " \u00a0\u2003",
}  # fmt: skip
