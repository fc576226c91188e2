#include "unit/golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/text.h"

static FILE *open_golden(const char *name, const char *mode)
{
    struct text path = {0};
    text_puts(&path, GIMON_SOURCE_DIR "/tests/golden/");
    text_puts(&path, name);
    text_putc(&path, '\0');
    FILE *file = fopen(path.ptr, mode);
    if (!file) print_error("%s: cannot be opened\n", path.ptr);
    text_done(&path);
    return file;
}

static void write_golden(const char *name, struct slice actual)
{
    FILE *file = open_golden(name, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(actual.ptr, 1, actual.len, file), actual.len);
    assert_int_equal(fclose(file), 0);
}

static struct text read_golden(const char *name)
{
    char block[4096];
    struct text content = {0};
    FILE *file = open_golden(name, "rb");
    assert_non_null(file);
    for (size_t got = 1; got > 0;) {
        got = fread(block, 1, sizeof block, file);
        text_put(&content, slice_from(block, got));
    }
    fclose(file);
    return content;
}

/** The number of the first line that differs, from 1. */
static unsigned first_difference(struct slice a, struct slice b)
{
    unsigned line = 1;
    for (size_t i = 0; i < a.len && i < b.len && a.ptr[i] == b.ptr[i]; i++)
        line += a.ptr[i] == '\n';
    return line;
}

void golden_check(const char *name, struct slice actual)
{
    const char *update = getenv("GIMON_UPDATE_GOLDEN");
    if (update && update[0] == '1') {
        write_golden(name, actual);
        return;
    }
    struct text expected = read_golden(name);
    const bool equal = slice_equal(actual, text_slice(&expected));
    if (!equal)
        print_error("%s: line %u differs; what was made is:\n%.*s\n", name,
                    first_difference(actual, text_slice(&expected)), (int)actual.len, actual.ptr);
    text_done(&expected);
    assert_true(equal);
}
