/*
 * A client that is refused on its headers goes on sending its body. Closing the socket then makes
 * the kernel answer with a reset, and the client may never read why it was refused. So a copy of
 * the socket stays open for a moment and its input is dropped. Nothing here can fail in a way that
 * anyone would notice: in the worst case the reset comes.
 */
#include "edge/server_linger.h"

#include "base/memory.h"
#include "core/limits.h"

#include <fcntl.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LINGER_MOST = 64, LINGER_MS = 2000, LINGER_CHUNK = 16384 };

struct lingerer {
    uv_poll_t poll;
    uv_timer_t timer;
    int fd;
    int open_handles;
    size_t dropped;
    struct lingerers *all;
    struct lingerer *previous, *next;
};

static void on_closed(uv_handle_t *handle)
{
    struct lingerer *lingerer = handle->data;
    if (--lingerer->open_handles > 0) return;
    close(lingerer->fd);
    memory_free(lingerer);
}

static void end(struct lingerer *lingerer)
{
    struct lingerers *all = lingerer->all;
    if (lingerer->previous)
        lingerer->previous->next = lingerer->next;
    else
        all->first = lingerer->next;
    if (lingerer->next) lingerer->next->previous = lingerer->previous;
    all->count--;
    uv_close((uv_handle_t *)&lingerer->poll, on_closed);
    uv_close((uv_handle_t *)&lingerer->timer, on_closed);
}

static void on_readable(uv_poll_t *poll, int status, int events)
{
    struct lingerer *lingerer = poll->data;
    char dropped[LINGER_CHUNK];
    (void)events;
    ssize_t got = status < 0 ? 0 : recv(lingerer->fd, dropped, sizeof dropped, MSG_DONTWAIT);
    if (got > 0) lingerer->dropped += (size_t)got;
    if (got <= 0 || lingerer->dropped > BODY_MOST) end(lingerer);
}

static void on_timeout(uv_timer_t *timer)
{
    end(timer->data);
}

void linger_start(uv_loop_t *loop, struct lingerers *lingerers, int fd)
{
    if (lingerers->count >= LINGER_MOST) return;
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (copy < 0) return;
    struct lingerer *lingerer = memory_new(sizeof *lingerer);
    if (uv_poll_init(loop, &lingerer->poll, copy) != 0) {
        close(copy);
        memory_free(lingerer);
        return;
    }
    uv_timer_init(loop, &lingerer->timer);
    lingerer->poll.data = lingerer->timer.data = lingerer;
    lingerer->fd = copy;
    lingerer->open_handles = 2;
    lingerer->all = lingerers;
    lingerer->next = lingerers->first;
    if (lingerer->next) lingerer->next->previous = lingerer;
    lingerers->first = lingerer;
    lingerers->count++;
    shutdown(copy, SHUT_WR);
    uv_timer_start(&lingerer->timer, on_timeout, LINGER_MS, 0);
    uv_poll_start(&lingerer->poll, UV_READABLE, on_readable);
}

void linger_stop_all(struct lingerers *lingerers)
{
    while (lingerers->first)
        end(lingerers->first);
}
