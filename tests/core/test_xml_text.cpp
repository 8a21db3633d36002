#include "core/base/xml_text.h"

#include <doctest/doctest.h>

using namespace circuitloom;

TEST_CASE("a text in XML is escaped, and has no character that XML 1.0 excludes")
{
    CHECK(xml_text("a < b & \"c\" > d") == "a &lt; b &amp; &quot;c&quot; &gt; d");
    CHECK(xml_text("é\u2028\U0001F600\x7F") == "é\u2028\U0001F600\x7F");
    CHECK(xml_text(std::string("a\0b\x01\x1F\x0B", 6)) == "ab");
    CHECK(xml_text("\xFF\xED\xA0\x80").find("\uFFFD") == 0);
    CHECK(xml_text("a\uFFFEb\uFFFFc\uFFFD\uFFFC\uFFBF") == "abc\uFFFD\uFFFC\uFFBF");
    // Others that are no characters are not excluded.
    CHECK(xml_text("\uFDD0\U0001FFFE") == "\uFDD0\U0001FFFE");
}
