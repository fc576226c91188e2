/*
 * Workbooks, written away from the loop (rules.md, section 10). Happy path: the order goes to
 * libuv's pool, a thread writes the book, and the loop hands the bytes over. The thread sees the
 * book and its own order and nothing else of ours. There is one at a time: libxlsxwriter tells the
 * time with gmtime, which is not for two threads at once. Where the book cannot be written the
 * bytes stay empty, and the log says so. A request whose book is being written lives until that is
 * done, on the way down too.
 */
#include "edge/book_file.h"
#include "edge/daemon_private.h"
#include "edge/log.h"

/* Lives in the request's arena. */
struct order {
    uv_work_t work;
    struct daemon *daemon;
    const struct book *book;
    struct text bytes;
    book_written written;
    void *self;
    struct order *next;
};

/** In a thread of the pool. */
static void on_work(uv_work_t *work)
{
    struct order *order = work->data;
    struct text bytes;
    if (book_file_write(order->book, &bytes)) order->bytes = bytes;
}

static void on_done(uv_work_t *work, int status);

static void start_first(struct daemon *daemon)
{
    if (daemon->first_book)
        uv_queue_work(&daemon->loop, &daemon->first_book->work, on_work, on_done);
}

static void on_done(uv_work_t *work, int status)
{
    struct order *order = work->data;
    struct daemon *daemon = order->daemon;
    (void)status; /* nobody cancels */
    daemon->first_book = order->next;
    if (!daemon->first_book) daemon->last_book = NULL;
    if (order->bytes.len == 0)
        log_line(LOG_LEVEL_ERROR, "a workbook could not be written; is there room in TMPDIR?");
    order->written(order->self, &order->bytes);
    start_first(daemon);
}

void book_order(struct daemon *daemon, const struct book *book, struct arena *arena,
                book_written written, void *self)
{
    struct order *order = arena_new(arena, sizeof *order);
    *order = (struct order){
        .daemon = daemon, .book = book, .written = written, .self = self, .work.data = order};
    if (daemon->last_book)
        daemon->last_book->next = order;
    else
        daemon->first_book = order;
    daemon->last_book = order;
    if (daemon->first_book == order) start_first(daemon);
}
