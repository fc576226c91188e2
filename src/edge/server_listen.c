/*
 * Where the server listens: a TCP address, a Unix socket, or what systemd hands over. Happy path:
 * one non-blocking listening socket and the URL it is reached at. It fails with one sentence that
 * says what to change; a path that a dead server left behind is taken over, one that answers is
 * not.
 */
#include "edge/server_listen.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

/* A queue as long as the kernel allows: connections over the limit wait there. */
enum { BACKLOG = 4096, PORT_ROOM = 16, HOST_ROOM = 128 };

static bool refuse(char *ret_fault, struct slice address, const char *why)
{
    snprintf(ret_fault, LISTEN_FAULT_ROOM, "%.*s %s", (int)address.len, address.ptr, why);
    return false;
}

static bool refuse_errno(char *ret_fault, struct slice address)
{
    if (errno == EADDRINUSE)
        return refuse(ret_fault, address,
                      "is in use by another program; choose another with luister: or --listen");
    char why[128];
    snprintf(why, sizeof why, "cannot be listened on: %s", strerror(errno));
    return refuse(ret_fault, address, why);
}

/** Whether somebody answers on the Unix socket. */
static bool is_alive(const struct sockaddr_un *name)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return false;
    bool alive = connect(fd, (const struct sockaddr *)name, sizeof *name) == 0 || errno == EAGAIN;
    close(fd);
    return alive;
}

/** Removes a socket that nobody answers on; anything else in the way makes bind fail. */
static void remove_stale(const struct sockaddr_un *name)
{
    struct stat status;
    if (lstat(name->sun_path, &status) == 0 && S_ISSOCK(status.st_mode) && !is_alive(name))
        unlink(name->sun_path);
}

static bool open_unix(struct slice address, struct listening *listening, char *ret_fault)
{
    struct slice path = slice_from(address.ptr + 5, address.len - 5);
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    if (path.len == 0 || path.len >= sizeof name.sun_path)
        return refuse(ret_fault, address, "is no path of 1 to 107 bytes");
    memcpy(name.sun_path, path.ptr, path.len);
    remove_stale(&name);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return refuse_errno(ret_fault, address);
    /* 0660: the group decides which proxies and tools may connect. */
    mode_t before = umask(0117);
    int bound = bind(fd, (const struct sockaddr *)&name, sizeof name);
    umask(before);
    if (bound != 0 || listen(fd, BACKLOG) != 0) {
        refuse_errno(ret_fault, address);
        close(fd);
        return false;
    }
    listening->fd = fd;
    memcpy(listening->path, name.sun_path, sizeof listening->path);
    snprintf(listening->url, sizeof listening->url, "unix:%s", name.sun_path);
    return true;
}

/** Writes the URL of a bound socket; the port is known only now where it was 0. */
static void write_url(struct listening *listening)
{
    struct sockaddr_storage name = {0};
    socklen_t size = sizeof name;
    char host[HOST_ROOM] = "", port[PORT_ROOM] = "";
    if (getsockname(listening->fd, (struct sockaddr *)&name, &size) != 0) return;
    if (name.ss_family == AF_UNIX) {
        const struct sockaddr_un *local = (const struct sockaddr_un *)&name;
        snprintf(listening->url, sizeof listening->url, "unix:%s", local->sun_path);
        return;
    }
    getnameinfo((const struct sockaddr *)&name, size, host, sizeof host, port, sizeof port,
                NI_NUMERICHOST | NI_NUMERICSERV);
    bool bracket = name.ss_family == AF_INET6;
    snprintf(listening->url, sizeof listening->url, "http://%s%s%s:%s", bracket ? "[" : "", host,
             bracket ? "]" : "", port);
}

/** Cuts `host:port` at the last colon, brackets of an IPv6 host removed. */
static bool split_host(struct slice address, char *ret_host, char *ret_port)
{
    const char *colon = memrchr(address.ptr, ':', address.len);
    if (!colon) return false;
    struct slice host = slice_from(address.ptr, (size_t)(colon - address.ptr));
    struct slice port = slice_from(colon + 1, address.len - host.len - 1);
    if (host.len >= 2 && host.ptr[0] == '[' && host.ptr[host.len - 1] == ']')
        host = slice_from(host.ptr + 1, host.len - 2);
    if (port.len == 0 || port.len >= PORT_ROOM || host.len >= HOST_ROOM) return false;
    memcpy(ret_host, host.ptr, host.len);
    ret_host[host.len] = '\0';
    memcpy(ret_port, port.ptr, port.len);
    ret_port[port.len] = '\0';
    return true;
}

static int bind_tcp(const struct addrinfo *info)
{
    int one = 1;
    int fd = socket(info->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return -1;
    /* A restart must not wait for connections of the former process to fade. */
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fd, info->ai_addr, info->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0) return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

static bool open_tcp(struct slice address, struct listening *listening, char *ret_fault)
{
    char host[HOST_ROOM], port[PORT_ROOM];
    if (!split_host(address, host, port))
        return refuse(ret_fault, address, "is no address; write host:port or unix:/path");
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *info = NULL;
    int wrong = getaddrinfo(host[0] ? host : NULL, port, &hints, &info);
    if (wrong) return refuse(ret_fault, address, gai_strerror(wrong));
    listening->fd = bind_tcp(info);
    freeaddrinfo(info);
    if (listening->fd < 0) return refuse_errno(ret_fault, address);
    write_url(listening);
    return true;
}

static bool take_passed(int count, struct listening *listening, char *ret_fault)
{
    if (count > 1) {
        snprintf(ret_fault, LISTEN_FAULT_ROOM,
                 "systemd passed %d sockets; the socket unit must name one", count);
        return false;
    }
    int fd = SD_LISTEN_FDS_START;
    if (sd_is_socket(fd, AF_UNSPEC, SOCK_STREAM, 1) <= 0 ||
        fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) != 0) {
        snprintf(ret_fault, LISTEN_FAULT_ROOM,
                 "the socket that systemd passed does not listen; use ListenStream=");
        return false;
    }
    listening->fd = fd;
    write_url(listening);
    return true;
}

bool listen_open(struct slice address, struct listening *ret_listening, char *ret_fault)
{
    struct listening listening = {.fd = -1};
    int passed = sd_listen_fds(1);
    bool ok;
    if (passed > 0)
        ok = take_passed(passed, &listening, ret_fault);
    else if (slice_starts(address, "unix:"))
        ok = open_unix(address, &listening, ret_fault);
    else
        ok = open_tcp(address, &listening, ret_fault);
    if (ok) *ret_listening = listening;
    return ok;
}

void listen_close(struct listening *listening)
{
    if (listening->fd >= 0) close(listening->fd);
    listening->fd = -1;
    if (listening->path[0]) unlink(listening->path);
    listening->path[0] = '\0';
}
