/*
 * toegang.yaml on disk. Happy path: the folder is locked, so that two commands at once do not lose
 * each other's token; the file is read; a new one is written beside it, made durable and renamed
 * over it. A daemon that reads meanwhile sees the old or the new one, never half of it.
 */
#include "cli/token_file.h"

#include "edge/load.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NEW_MODE = 0640 };

static bool complain(const char *path, const char *what)
{
    fprintf(stderr, "gimon token: %s %s: %s\n", path, what, strerror(errno));
    return false;
}

/** The folder of a path, `.` where it names none. */
static void put_folder(struct text *folder, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == path)
        text_puts(folder, "/");
    else if (slash)
        text_put(folder, slice_from(path, (size_t)(slash - path)));
    else
        text_puts(folder, ".");
    text_putc(folder, '\0');
}

static int lock_folder(const char *path)
{
    struct text folder = {0};
    put_folder(&folder, path);
    int fd = open(folder.ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) complain(folder.ptr, "cannot be opened");
    if (fd >= 0) flock(fd, LOCK_EX);
    text_done(&folder);
    return fd;
}

bool token_file_open(struct token_file *file, const char *path)
{
    struct arena arena;
    struct faults faults;
    *file = (struct token_file){.path = path, .lock = lock_folder(path)};
    if (file->lock < 0) return false;
    arena_init(&arena);
    faults_init(&faults, &arena);
    file->access = load_access(path, &faults);
    load_print_faults(&faults);
    arena_done(&arena);
    if (file->access) return true;
    token_file_close(file);
    return false;
}

/** Who may read it stays as it was; a daemon that runs as another user must not be locked out. */
static bool keep_owner(const struct token_file *file, int fd)
{
    struct stat before;
    if (stat(file->path, &before) == 0)
        return fchmod(fd, before.st_mode & 07777) == 0 &&
               fchown(fd, before.st_uid, before.st_gid) == 0;
    if (fchmod(fd, NEW_MODE) != 0 || fstat(file->lock, &before) != 0) return false;
    /* Only root may give a file away, and only root needs to. */
    if (fchown(fd, before.st_uid, before.st_gid) != 0 && errno != EPERM) return false;
    return true;
}

static bool write_all(int fd, struct slice text)
{
    while (text.len > 0) {
        ssize_t done = write(fd, text.ptr, text.len);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return false;
        text = slice_from(text.ptr + done, text.len - (size_t)done);
    }
    return true;
}

static bool fill(const struct token_file *file, int fd, const struct access *access)
{
    struct text text = {0};
    access_yaml_write(&text, access);
    bool ok = keep_owner(file, fd) && write_all(fd, text_slice(&text)) && fsync(fd) == 0;
    text_done(&text);
    return ok;
}

bool token_file_replace(const struct token_file *file, const struct access *access)
{
    struct text name = {0};
    text_printf(&name, "%s.XXXXXX", file->path);
    text_putc(&name, '\0');
    int fd = mkostemp(name.ptr, O_CLOEXEC);
    bool ok = fd >= 0 && fill(file, fd, access) && rename(name.ptr, file->path) == 0;
    if (!ok) complain(file->path, "cannot be written");
    if (!ok && fd >= 0) unlink(name.ptr);
    if (fd >= 0) close(fd);
    if (ok) fsync(file->lock); /* the rename itself; it counts already */
    text_done(&name);
    return ok;
}

void token_file_close(struct token_file *file)
{
    access_free(file->access);
    if (file->lock >= 0) close(file->lock);
    *file = (struct token_file){.lock = -1};
}
