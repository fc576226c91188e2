/* The writer of HTML: escapes that nobody can forget, tags that end by themselves, lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "codec/html_page.h"

static void assert_text(struct text *text, const char *expected)
{
    text_putc(text, '\0');
    assert_string_equal(text->ptr, expected);
    text_done(text);
}

static void test_everything_is_escaped(void **unused)
{
    (void)unused;
    struct text text = {0};
    struct html html;
    html_init(&html, &text);
    html_open(&html, "p");
    html_attribute(&html, "title", slice_of("a\"b<c"));
    html_put(&html, slice_of("<script>alert('x & y')</script> \"é\""));
    html_close(&html, "p");
    assert_text(&text,
                "<p title=\"a&quot;b&lt;c\">&lt;script&gt;alert(&#39;x &amp; "
                "y&#39;)&lt;/script&gt; &quot;é&quot;</p>");
}

static void test_a_start_tag_ends_before_what_follows(void **unused)
{
    (void)unused;
    struct text text = {0};
    struct html html;
    html_init(&html, &text);
    html_open(&html, "ul");
    html_open(&html, "li");
    html_close(&html, "li");
    html_open(&html, "br");
    html_line(&html);
    html_open(&html, "b");
    html_raw(&html, slice_of("&eacute;"));
    html_close(&html, "b");
    html_close(&html, "ul");
    assert_text(&text, "<ul><li></li><br>\n<b>&eacute;</b></ul>");
}

static void test_lines_are_paragraphs(void **unused)
{
    (void)unused;
    struct text text = {0};
    struct html html;
    html_init(&html, &text);
    html_paragraphs(&html, slice_of("een\ntwee & drie\n"));
    html_paragraphs(&html, slice_of(""));
    assert_text(&text, "<p>een</p>\n<p>twee &amp; drie</p>\n");
}

/* What stands between <style> and </style> is html_style() to the byte: its hash is in a header. */
static void test_the_style_of_a_page_is_its_style(void **unused)
{
    (void)unused;
    struct text text = {0};
    struct html html;
    html_init(&html, &text);
    html_page_open(&html, slice_of("Titel <1>"));
    html_page_close(&html);
    text_putc(&text, '\0');
    const char *begin = strstr(text.ptr, "<style>");
    const char *end = strstr(text.ptr, "</style>");
    assert_non_null(begin);
    assert_non_null(end);
    begin += strlen("<style>");
    assert_true(slice_equal(slice_from(begin, (size_t)(end - begin)), html_style()));
    assert_non_null(strstr(text.ptr, "<html lang=\"nl\">"));
    assert_non_null(strstr(text.ptr, "<title>Titel &lt;1&gt;</title>"));
    text_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything_is_escaped),
        cmocka_unit_test(test_a_start_tag_ends_before_what_follows),
        cmocka_unit_test(test_lines_are_paragraphs),
        cmocka_unit_test(test_the_style_of_a_page_is_its_style),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
