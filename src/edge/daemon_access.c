/*
 * Tokens that are made or revoked while the daemon runs. Each request that brings a token begins
 * with one stat(2) of the file, which costs about a microsecond: so a new token works, and a
 * revoked one stops working, as soon as `gimon token` has returned. The file is replaced by a
 * rename, so its inode and times tell whether it is another one.
 *
 * A file that cannot be read or is faulty is said once, and the tokens of before stay until it can
 * be read: locking everybody out would not be safer than one line an operator must see.
 */
#include "edge/daemon_private.h"
#include "edge/log.h"

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
           a->st_ctim.tv_sec == b->st_ctim.tv_sec && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

static void complain(struct daemon *daemon, const struct stat *now, const struct faults *faults)
{
    if (is_same(now, &daemon->access_refused)) return;
    daemon->access_refused = *now;
    load_print_faults(faults);
    log_line(LOG_LEVEL_ERROR, "tokens are not read anew, those of before stay; mend file=%s",
             daemon->loaded.config.access.ptr);
}

static void read_anew(struct daemon *daemon, const struct stat *now)
{
    struct arena arena;
    struct faults faults;
    arena_init(&arena);
    faults_init(&faults, &arena);
    struct access *access = load_access(daemon->loaded.config.access.ptr, &faults);
    if (access) {
        access_free(daemon->access);
        daemon->access = access;
        daemon->desk.access = access;
        daemon->access_seen = *now;
    } else {
        complain(daemon, now, &faults);
    }
    arena_done(&arena);
}

void access_refresh(struct daemon *daemon)
{
    struct stat now = {0};
    if (stat(daemon->loaded.config.access.ptr, &now) != 0) now = (struct stat){0};
    if (daemon->access && is_same(&now, &daemon->access_seen)) return;
    read_anew(daemon, &now);
}
