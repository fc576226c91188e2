#include "cli/progress.h"

#include "cli/paint.h"

struct progress progress_of(size_t total)
{
    return (struct progress){.total = total > 1 && paint_is_terminal(stderr) ? total : 0};
}

void progress_clear(struct progress *progress)
{
    if (progress->shown) fputs("\r\x1b[K", stderr);
    fflush(stderr);
    progress->shown = false;
}

void progress_show(struct progress *progress, size_t number, const char *what, const char *note)
{
    if (progress->total == 0) return;
    progress_clear(progress);
    fprintf(stderr, "%zu/%zu ", number, progress->total);
    paint_text(stderr, PAINT_PLAIN, what);
    if (note) fprintf(stderr, " (%s)", note);
    fflush(stderr);
    progress->shown = true;
}
