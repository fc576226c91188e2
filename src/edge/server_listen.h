#ifndef GIMON_EDGE_SERVER_LISTEN_H
#define GIMON_EDGE_SERVER_LISTEN_H

#include "base/slice.h"

enum { LISTEN_FAULT_ROOM = 256, LISTEN_URL_ROOM = 160, LISTEN_PATH_ROOM = 108 };

/** A socket that listens. */
struct listening {
    int fd;
    char url[LISTEN_URL_ROOM];   /**< as a client would write it: `http://127.0.0.1:8080` */
    char path[LISTEN_PATH_ROOM]; /**< of the Unix socket to remove at the end; empty: none */
};

/**
 * Listens on `host:port`, `[v6]:port` or `unix:/path`, non-blocking; a socket that systemd passed
 * goes before `address`. False and a sentence in `ret_fault` (LISTEN_FAULT_ROOM bytes) if it
 * cannot.
 */
bool listen_open(struct slice address, struct listening *ret_listening, char *ret_fault)
    __attribute__((warn_unused_result));

/** Closes the socket and removes its path. */
void listen_close(struct listening *listening);

#endif
