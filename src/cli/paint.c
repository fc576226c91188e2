#include "cli/paint.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ECMA-48 select graphic rendition, by the eight colours that every terminal has. */
static const char *const codes[] = {
    [PAINT_PLAIN] = "",           [PAINT_GOOD] = "\x1b[32m", [PAINT_BAD] = "\x1b[31m",
    [PAINT_CAREFUL] = "\x1b[33m", [PAINT_ASIDE] = "\x1b[2m",
};

bool paint_is_terminal(FILE *out)
{
    const char *terminal = getenv("TERM");
    return isatty(fileno(out)) && terminal && strcmp(terminal, "dumb") != 0;
}

static bool is_coloured(FILE *out)
{
    const char *refused = getenv("NO_COLOR");
    return (!refused || !refused[0]) && paint_is_terminal(out);
}

/* C0, DEL, and C1 as UTF-8 writes it (c2 80 to c2 9f). */
static size_t control_length(const unsigned char *at)
{
    if (at[0] < 0x20 || at[0] == 0x7f) return 1;
    return at[0] == 0xc2 && at[1] >= 0x80 && at[1] < 0xa0 ? 2 : 0;
}

void paint_text(FILE *out, enum paint paint, const char *text)
{
    const bool coloured = paint != PAINT_PLAIN && is_coloured(out);
    if (coloured) fputs(codes[paint], out);
    for (const unsigned char *at = (const unsigned char *)text; *at;) {
        const size_t control = control_length(at);
        fputc(control > 0 ? ' ' : *at, out);
        at += control > 0 ? control : 1;
    }
    if (coloured) fputs("\x1b[0m", out);
}
