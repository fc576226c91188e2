#ifndef GIMON_EDGE_NOTIFY_H
#define GIMON_EDGE_NOTIFY_H

#include <uv.h>

/*
 * What the service manager is told (sd_notify(3)), and the watchdog that proves the loop turns.
 * Without NOTIFY_SOCKET nothing is sent.
 */

struct notify;

/** Feeds the watchdog, where one is asked for, at half its time; never fails. */
struct notify *notify_open(uv_loop_t *loop);

/** READY=1: requests are answered; `status` is one line for people. */
void notify_ready(const char *status);

/** RELOADING=1 with the moment it began (Type=notify in systemd 252 wants both). */
void notify_reloading(void);

/** STOPPING=1. */
void notify_stopping(void);

/** Ends the watchdog and frees; `closed` runs in the loop. */
void notify_close(struct notify *notify, void (*closed)(void *self), void *self);

#endif
