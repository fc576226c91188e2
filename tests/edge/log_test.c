/* Lines of the log: one line a fact, the level in front as the reader of standard error wants it.
 */
#include "edge/log.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROOM = 4096 };

/* Standard error goes into a pipe between these two. */
struct capture {
    int kept, reading;
    char text[ROOM];
};

static void capture_begin(struct capture *capture)
{
    int ends[2];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    capture->kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    assert_true(capture->kept >= 0);
    assert_int_equal(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
    close(ends[1]);
    capture->reading = ends[0];
}

static void capture_end(struct capture *capture)
{
    assert_int_equal(dup2(capture->kept, STDERR_FILENO), STDERR_FILENO);
    close(capture->kept);
    size_t length = 0;
    ssize_t more;
    while ((more = read(capture->reading, capture->text + length, ROOM - 1 - length)) > 0)
        length += (size_t)more;
    capture->text[length] = '\0';
    close(capture->reading);
}

static void levels_are_words_on_a_terminal(void **state)
{
    (void)state;
    struct capture capture;
    unsetenv("JOURNAL_STREAM");
    capture_begin(&capture);
    log_line(LOG_LEVEL_ERROR, "disk full path=%s", "/data");
    log_line(LOG_LEVEL_WARNING, "slow ms=%d", 12);
    log_line(LOG_LEVEL_INFO, "ready");
    log_line(LOG_LEVEL_DEBUG, "not seen");
    capture_end(&capture);
    assert_string_equal(capture.text, "error: disk full path=/data\nwarning: slow ms=12\nready\n");
}

static void levels_are_numbers_under_journald(void **state)
{
    (void)state;
    struct capture capture;
    setenv("JOURNAL_STREAM", "8:1", 1);
    capture_begin(&capture);
    log_line(LOG_LEVEL_ERROR, "disk full");
    log_line(LOG_LEVEL_NOTICE, "again");
    capture_end(&capture);
    unsetenv("JOURNAL_STREAM");
    assert_string_equal(capture.text, "<3>disk full\n<5>again\n");
}

static void the_level_can_be_set(void **state)
{
    (void)state;
    struct capture capture;
    capture_begin(&capture);
    log_set_level(LOG_LEVEL_ERROR);
    log_line(LOG_LEVEL_WARNING, "dropped");
    log_always("kept");
    log_set_level(LOG_LEVEL_DEBUG);
    log_line(LOG_LEVEL_DEBUG, "seen");
    log_set_level(LOG_LEVEL_INFO);
    capture_end(&capture);
    assert_string_equal(capture.text, "kept\ndebug: seen\n");
}

static void nothing_from_outside_makes_a_second_line(void **state)
{
    (void)state;
    struct capture capture;
    capture_begin(&capture);
    log_line(LOG_LEVEL_INFO, "name=%s", "a\nerror: forged\r\x1b[1m\x7f é");
    capture_end(&capture);
    assert_string_equal(capture.text, "name=a error: forged  [1m  é\n");
}

static void a_line_too_long_is_cut_and_still_ends(void **state)
{
    (void)state;
    struct capture capture;
    char *text = malloc(ROOM);
    assert_non_null(text);
    memset(text, 'x', ROOM - 1);
    text[ROOM - 1] = '\0';
    capture_begin(&capture);
    log_line(LOG_LEVEL_INFO, "%s", text);
    capture_end(&capture);
    free(text);
    assert_int_equal(strlen(capture.text), 2048);
    assert_int_equal(capture.text[2047], '\n');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_are_words_on_a_terminal),
        cmocka_unit_test(levels_are_numbers_under_journald),
        cmocka_unit_test(the_level_can_be_set),
        cmocka_unit_test(nothing_from_outside_makes_a_second_line),
        cmocka_unit_test(a_line_too_long_is_cut_and_still_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
