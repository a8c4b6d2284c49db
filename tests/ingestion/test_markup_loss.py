"""No word of a document is lost, whatever marks stand around it."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingestion.formats import text_page

INLINE = {
    "md": [
        *(
            "@",
            "*@* **@**",
            "`<style> @`",
            "``@ `<!--` @``",
            "[@](x)",
            "![@](x.png)",
            "<b>@</b>",
            "==@ @==",
            "$@$",
        ),
        *(
            "@[^9]",
            "{{ @ }}",
            "<@>",
            "{@}",
            "[[@]]",
            "[[x|@]]",
            "@ <br> @",
            "[@][r]",
            "[@]({{ s }}/a b)",
            "&amp;@",
        ),
        *(
            "<Box>@</Box>",
            '<Badge text="@"/>',
            "<script> @",
            "@^[@ @]",
            ":name[@]",
            "<kbd>@</kbd>+@",
            "\\*@",
            "@<!-- n -->",
        ),
        *(
            '{{< tip text="@" >}}',
            "@{.a}",
            "{% raw %}@{% endraw %}",
            "a <b @ c> d",
            "@ <!-- @",
            "@ -->",
            "@ {% @",
            "==@",
        ),
    ],
    "rst": [
        *(
            "@",
            "*@* **@**",
            "``@ *@``",
            ":ref:`@ <x>`",
            ":any:`@`",
            "`@ <x>`_",
            "`@`_",
            "@_",
            "|@|",
            "@ [1]_",
            "\\*@\\*",
        ),
        *("`@", "*@", "**@", "|@", ":@:", "@::@", "[@]_", "<@>", "_`@`", ":a:`b` @", "@*@*@"),
    ],
}
INLINE["mdx"] = [*INLINE["md"], "{'@'}", "{/* n */}@", "{@.@(a => @)}", "<A b={{c: 1}}>@</A>"]
BLOCKS = {
    "md": [
        *(
            "@",
            "# @",
            "@\n---",
            "- @\n- @",
            "1. @\n\n2. @",
            "> @\n> @",
            "> [!NOTE]\n> @",
            "| @ | @ |\n|---|---|\n| @ | @ | @ |",
        ),
        *(
            "```x\n@\n\n @\n```",
            "    @",
            "<div>\n@\n</div>",
            "<div>\n\n@\n\n</div>",
            "<pre>\n@\n\n@</pre>",
            "<p>@</p>@",
        ),
        *(
            "<details><summary>@</summary>\n@\n</details>",
            "<table><tr><td>@</td>\n<td>\n\n@\n</td></tr></table>",
        ),
        *(
            ":::tip[@]\n@\n:::",
            ":::a @\n@",
            '!!! note "@"\n    @\n\n    @',
            '=== "@"\n\n    @',
            "@\n: @\n\n    @",
        ),
        *(
            "[^1]: @\n\n    @",
            "[^2]: @\n[^3]: @",
            "*[A]: @",
            "{{% b %}}\n@\n{{% /b %}}",
            '{{< figure caption="@ @" >}}',
        ),
        *(
            "{% highlight a %}\n@\n{% endhighlight %}",
            "{% if a %}@{% endif %}",
            "<Steps>\n1. @\n\n2. @\n</Steps>",
        ),
        *(
            '<Card title="@" />',
            '<Card\n  title="@"\n>\n@\n</Card>',
            "```{note} @\n@\n```",
            "- [ ] @",
            "<!-- n -->\n@",
            "<!--\n@",
        ),
        *(
            "<script>\n@",
            "<style>\nn\n</style>\n@",
            "<li>@",
            "<textarea>@",
            "<nav>@</nav>",
            "$$\n@\n$$",
            "{: .a}\n@",
            "<ul>\n<li>@</ul>",
        ),
        *(
            "---\n@\n---",
            "+++\n@\n+++",
            "{\n@\n}",
            "<a\n@",
            "<Box>\n@",
            "</Box>\n@",
            "{%\n@",
            "{{<\n@",
            ":::\n@",
            "@\n:::",
        ),
    ],
    "rst": [
        *(
            "@\n====",
            "====\n@\n====",
            "@ @\n@",
            "- @\n- @",
            "1. @\n#. @",
            "A. @\n@",
            "@\n   @",
            "  @",
            "@::\n\n   @\n\n   @",
        ),
        *(
            ".. note:: @\n   @",
            ".. note::\n\n   @",
            ".. unknown:: @ @\n   :alt: @\n\n   @",
            ".. code-block:: x\n\n   @\n\n     @",
        ),
        *(
            ".. figure:: x\n   :alt: @\n\n   @",
            ".. image:: x\n   :alt: @",
            ".. admonition:: @\n   @\n\n   @",
            ".. |n| replace:: @",
        ),
        *(
            ".. [1] @\n   @",
            ".. [#a] @",
            ".. [a] @",
            ":a: @",
            "| @\n| @",
            ">>> @\n@",
            ".. topic:: @\n\n   - @",
            "@\n::\n\n  @",
        ),
        *(
            "+---+---+\n| @ | @ |\n+===+===+\n| @     |\n+---+---+",
            "=====  ====\n@      @\n=====  ====\n@      @\n=====  ====",
        ),
        *(
            ".. csv-table:: @\n   :header: @\n\n   @, @",
            ".. list-table:: @\n\n   * - @\n     - @",
            ".. versionadded:: 1\n   @",
            "__ x\n@",
        ),
        *("+---\n@", "== ==\n@", "..\n\n   @", ".. _a:\n\n@", ".. py:function:: @()\n\n   @"),
    ],
}
BLOCKS["mdx"] = [
    *[part for part in BLOCKS["md"] if part not in ("<a\n@",)],
    *(
        "import A from 'x'\n\n@",
        "export const a = {\n\n};\n\n@",
        "{/*\nn */}\n\n@",
        "{'@'}",
        "{@.map(@)}",
        "{`@`}",
        "{\n@",
        "<>\n@\n</>",
    ),
    *(
        '<Tabs>\n    <Tab label="@">\n        @\n    </Tab>\n</Tabs>',
        "<A b={['n']} items={['@']}>\n@\n</A>",
        "import @",
        "export @",
    ),
]
NESTED = {
    "md": ["- {}", "> {}", "<div>\n{}\n</div>", "1. {}", ":::a\n{}\n:::"],
    "rst": ["- {}", "   {}", ".. note::\n\n   {}"],
}
NESTED["mdx"] = NESTED["md"]
HEADS = {
    "md": [
        "",
        "---\ntitle: @\ndescription: @ @\n---\n",
        "---\ntitle: @\n\n",
        "---\n@\n\n---\n",
        '+++\ntitle = "@"\n+++\n',
    ],
    "rst": ["", ":author: @\n:title: @\n\n"],
}
HEADS["mdx"] = HEADS["md"]


def _indented(frame, text):
    """Return a text in a frame, each of its lines indented as its first one is."""
    before = frame.partition("{}")[0].rpartition("\n")[2]
    filler = before if before == "> " else " " * len(before)
    return frame.replace("{}", text.replace("\n", f"\n{filler}"))


def _documents(format):
    inline = st.lists(st.sampled_from(INLINE[format]), min_size=1, max_size=3).map(" ".join)
    block = st.sampled_from(BLOCKS[format]) | inline
    nested = st.builds(_indented, st.sampled_from(NESTED[format]), block) | block
    return st.builds(
        lambda head, blocks, joiner: head + joiner.join(blocks),
        st.sampled_from(HEADS[format]),
        st.lists(nested, min_size=1, max_size=5),
        st.just("\n\n"),
    )


@pytest.mark.parametrize("format", ["md", "mdx", "rst"])
@given(st.data())
def test_every_word_is_kept(format, data):
    numbers = itertools.count()
    text = data.draw(_documents(format))
    text = re.sub("@", lambda _: f"parola{next(numbers)}", text)
    found, said = text_page(format)(text)
    hidden = re.findall(r"parola\d+", " ".join(re.findall(r"<!--.*?-->", text, re.DOTALL)))
    kept = set(hidden) | set(re.findall(r"parola\d+", " ".join([*(block.text for block in found), *said])))
    assert {f"parola{number}" for number in range(next(numbers))} - kept == set()
