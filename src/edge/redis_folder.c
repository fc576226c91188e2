/*
 * Who may use a folder. A gimon takes gimon.lock and keeps it to its end; a second one is turned
 * away. The server's lock goes by descriptor: gimon locks the file, the server inherits the
 * descriptor, gimon closes its own. So a server whose gimon was killed still holds it, and the
 * next gimon sees that, whatever the process table says. A server that answers on the socket
 * without holding the lock (somebody removed the file) counts as living too.
 */
#include "edge/redis_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/memory.h"

enum { FAULT_ROOM = 256 };

/* Others who may write here could put their own socket in the server's place. */
static bool keep_to_ourselves(int descriptor, const char *path, char *ret_fault)
{
    struct stat status;
    if (fstat(descriptor, &status) != 0) {
        snprintf(ret_fault, FAULT_ROOM, "cannot look at %.150s: %s", path, strerror(errno));
        return false;
    }
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) == 0) return true;
    const bool shared = (status.st_mode & S_ISVTX) != 0 || status.st_uid != geteuid();
    if (!shared && fchmod(descriptor, S_IRWXU) == 0) return true;
    snprintf(ret_fault, FAULT_ROOM,
             "others may write in %.150s; Redis needs a folder of its own, with mode 0700", path);
    return false;
}

static int open_folder(const char *path, char *ret_fault)
{
    if (mkdir(path, S_IRWXU) != 0 && errno != EEXIST) {
        snprintf(ret_fault, FAULT_ROOM, "cannot make the folder %.150s: %s", path, strerror(errno));
        return -1;
    }
    const int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        snprintf(ret_fault, FAULT_ROOM, "cannot open the folder %.150s: %s", path, strerror(errno));
        return -1;
    }
    if (!keep_to_ourselves(descriptor, path, ret_fault)) {
        close(descriptor);
        return -1;
    }
    return descriptor;
}

/* A locked descriptor, or -1 with errno; EWOULDBLOCK: somebody else has it. */
static int lock_file(int folder, const char *name)
{
    const int descriptor = openat(folder, name, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) return -1;
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
    const int error = errno;
    close(descriptor);
    errno = error;
    return -1;
}

bool redis_folder_init(struct redis_folder *folder, const char *path, char *ret_fault)
{
    const int descriptor = open_folder(path, ret_fault);
    if (descriptor < 0) return false;
    const int lock = lock_file(descriptor, "gimon.lock");
    if (lock < 0) {
        if (errno == EWOULDBLOCK)
            snprintf(ret_fault, FAULT_ROOM, "another gimon uses %.150s", path);
        else
            snprintf(ret_fault, FAULT_ROOM, "cannot lock %.150s/gimon.lock: %s", path,
                     strerror(errno));
        close(descriptor);
        return false;
    }
    const size_t room = strlen(path) + 1;
    *folder =
        (struct redis_folder){.path = memory_new(room), .descriptor = descriptor, .lock = lock};
    memcpy(folder->path, path, room);
    return true;
}

void redis_folder_done(struct redis_folder *folder)
{
    if (folder == NULL || folder->path == NULL) return;
    close(folder->lock);
    close(folder->descriptor);
    memory_free(folder->path);
    *folder = (struct redis_folder){0};
}

int redis_folder_claim(const struct redis_folder *folder)
{
    const int lock = lock_file(folder->descriptor, "lock");
    if (lock >= 0 && redis_folder_occupant(folder) != 0) {
        close(lock);
        return -1;
    }
    return lock;
}

/* A socket that somebody listens to, by way of the descriptor: the path may be too long for one. */
static int connect_to(const struct redis_folder *folder)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/redis.sock",
             folder->descriptor);
    const int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    /* EAGAIN: somebody listens and has no room for us now. */
    if (connect(descriptor, (const struct sockaddr *)&address, sizeof address) == 0 ||
        errno == EAGAIN)
        return descriptor;
    close(descriptor);
    return -1;
}

pid_t redis_folder_occupant(const struct redis_folder *folder)
{
    const int descriptor = connect_to(folder);
    if (descriptor < 0) return 0;
    struct ucred peer = {0};
    socklen_t length = sizeof peer;
    const bool known = getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0;
    close(descriptor);
    return known && peer.pid > 0 ? peer.pid : -1;
}

int redis_folder_open_log(const struct redis_folder *folder)
{
    return openat(folder->descriptor, "redis.log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
                  S_IRUSR | S_IWUSR);
}
