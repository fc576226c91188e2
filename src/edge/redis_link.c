#include "edge/redis_link.h"

#include "base/memory.h"

/*
 * One poll handle a context. hiredis says what it waits for (the hooks), libuv says when it is
 * there, and hiredis reads or writes. When hiredis lets go, the handle is closed and the memory
 * follows in its close callback; the context's descriptor is closed by hiredis after that.
 *
 * It fails by telling hiredis: an error on the descriptor is passed on as if everything awaited had
 * come true, so that hiredis meets the error itself and runs its callbacks with it.
 */

struct redis_link {
    redisAsyncContext *context; /* NULL once hiredis has let go */
    uv_poll_t poll;
    int wanted;
};

static void on_poll(uv_poll_t *poll, int status, int events);

/* A refusal to watch leaves a connection that says nothing: the owner's time-out ends it. */
static void watch(struct redis_link *link)
{
    if (link->wanted == 0) {
        uv_poll_stop(&link->poll);
    } else if (uv_poll_start(&link->poll, link->wanted, on_poll) != 0) {
        link->wanted = 0;
    }
}

static void on_poll(uv_poll_t *poll, int status, int events)
{
    struct redis_link *link = poll->data;
    const int happened = status < 0 ? link->wanted : events;
    if (link->context != NULL && (happened & UV_READABLE) != 0) {
        redisAsyncHandleRead(link->context);
    }
    /* Reading may have ended the context. */
    if (link->context != NULL && (happened & UV_WRITABLE) != 0) {
        redisAsyncHandleWrite(link->context);
    }
    /* libuv stops watching at an error; hiredis, still there, goes on waiting. */
    if (link->context != NULL && status < 0) {
        watch(link);
    }
}

static void want(struct redis_link *link, int event)
{
    if ((link->wanted & event) == 0) {
        link->wanted |= event;
        watch(link);
    }
}

static void want_not(struct redis_link *link, int event)
{
    if ((link->wanted & event) != 0) {
        link->wanted &= ~event;
        watch(link);
    }
}

static void add_read(void *self)
{
    want(self, UV_READABLE);
}

static void del_read(void *self)
{
    want_not(self, UV_READABLE);
}

static void add_write(void *self)
{
    want(self, UV_WRITABLE);
}

static void del_write(void *self)
{
    want_not(self, UV_WRITABLE);
}

static void on_closed(uv_handle_t *handle)
{
    memory_free(handle->data);
}

/* hiredis 0.14 calls this twice on a lost connection: the hooks are taken back the first time. */
static void cleanup(void *self)
{
    struct redis_link *link = self;
    redisAsyncContext *context = link->context;
    context->ev.data = NULL;
    context->ev.addRead = NULL;
    context->ev.delRead = NULL;
    context->ev.addWrite = NULL;
    context->ev.delWrite = NULL;
    context->ev.cleanup = NULL;
    link->context = NULL;
    uv_close((uv_handle_t *)&link->poll, on_closed);
}

bool redis_link_attach(redisAsyncContext *context, uv_loop_t *loop)
{
    struct redis_link *link = memory_new(sizeof *link);
    if (context->ev.data != NULL || uv_poll_init(loop, &link->poll, context->c.fd) != 0) {
        memory_free(link);
        return false;
    }
    link->context = context;
    link->poll.data = link;
    context->ev.data = link;
    context->ev.addRead = add_read;
    context->ev.delRead = del_read;
    context->ev.addWrite = add_write;
    context->ev.delWrite = del_write;
    context->ev.cleanup = cleanup;
    return true;
}
