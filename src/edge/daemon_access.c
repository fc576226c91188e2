/*
 * Tokens that are made or revoked while the daemon runs. The file is replaced by a rename, so a
 * look at its inode and times tells whether it is another one. A file that cannot be read or is
 * faulty is said once and the tokens of before stay.
 */
#include "edge/daemon_private.h"
#include "edge/log.h"

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
           a->st_ctim.tv_sec == b->st_ctim.tv_sec && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

static void read_anew(struct daemon *daemon, const char *path)
{
    struct arena arena;
    struct faults faults;
    arena_init(&arena);
    faults_init(&faults, &arena);
    struct access *access = load_access(path, &faults);
    if (access) {
        access_free(daemon->access);
        daemon->access = access;
        daemon->desk.access = access;
    } else {
        load_print_faults(&faults);
        log_line(LOG_LEVEL_ERROR, "tokens are not read anew, those of before stay; mend file=%s",
                 path);
    }
    arena_done(&arena);
}

void access_refresh(struct daemon *daemon)
{
    const char *path = daemon->loaded.config.access.ptr;
    struct stat now = {0};
    if (stat(path, &now) != 0) now = (struct stat){0};
    if (daemon->access && is_same(&now, &daemon->access_seen)) return;
    daemon->access_seen = now;
    read_anew(daemon, path);
}
