/*
 * Notes to the service manager. Happy path: ready, the watchdog fed by the loop itself (a loop that
 * hangs feeds nobody), reloading and ready again, stopping. A manager that cannot be reached is not
 * an error: systemd then acts on its own time-outs.
 */
#include "edge/notify.h"

#include "base/memory.h"

#include <stdint.h>
#include <systemd/sd-daemon.h>
#include <time.h>

struct notify {
    uv_timer_t timer;
    void (*closed)(void *self);
    void *closed_self;
};

static void on_watchdog(uv_timer_t *timer)
{
    (void)timer;
    sd_notify(0, "WATCHDOG=1");
}

struct notify *notify_open(uv_loop_t *loop)
{
    struct notify *notify = memory_new(sizeof *notify);
    uint64_t period_us = 0;
    uv_timer_init(loop, &notify->timer);
    notify->timer.data = notify;
    if (sd_watchdog_enabled(0, &period_us) > 0) {
        uint64_t half_ms = period_us / 2000 > 0 ? period_us / 2000 : 1;
        uv_timer_start(&notify->timer, on_watchdog, 0, half_ms);
    }
    return notify;
}

void notify_ready(const char *status)
{
    sd_notifyf(0, "READY=1\nSTATUS=%s", status);
}

void notify_reloading(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    uint64_t us = (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
    sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%llu", (unsigned long long)us);
}

void notify_stopping(void)
{
    sd_notify(0, "STOPPING=1");
}

static void on_closed(uv_handle_t *handle)
{
    struct notify *notify = handle->data;
    void (*closed)(void *) = notify->closed;
    void *self = notify->closed_self;
    memory_free(notify);
    if (closed) closed(self);
}

void notify_close(struct notify *notify, void (*closed)(void *self), void *self)
{
    notify->closed = closed;
    notify->closed_self = self;
    uv_close((uv_handle_t *)&notify->timer, on_closed);
}
