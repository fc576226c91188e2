/*
 * Everything that is read from disk before the loop runs: gimon.yaml, and the folder of definitions
 * it names. Plain open and read; nothing else is going on yet.
 *
 * Happy path: the configuration, its paths made usable from the working folder, the register that
 * all monitors share, one rulebook a file in monitors/. What is wrong anywhere is collected and the
 * reading goes on, so that one run tells all of it. A file that cannot be read is a fault of the
 * file as a whole.
 */
#include "edge/load.h"

#include "codec/fault_text.h"
#include "codec/yaml_tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_BYTES_MOST = 4 * 1024 * 1024, PASSWORD_BYTES_MOST = 4096 };

/** Reads until the end of the file or of the room; how many bytes, or -1 and errno. */
static ssize_t read_fully(int fd, char *bytes, size_t room)
{
    size_t done = 0;
    while (done < room) {
        ssize_t got = read(fd, bytes + done, room - done);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -1;
        if (got == 0) break;
        done += (size_t)got;
    }
    return (ssize_t)done;
}

/** The content of an open file; 0 or an errno. */
static int read_open(int fd, size_t most, struct arena *arena, struct slice *ret_text)
{
    struct stat about;
    if (fstat(fd, &about) != 0) return errno;
    if (S_ISDIR(about.st_mode)) return EISDIR;
    if (!S_ISREG(about.st_mode)) return EINVAL;
    if (about.st_size < 0 || (uintmax_t)about.st_size > most) return EFBIG;
    char *bytes = arena_array(arena, (size_t)about.st_size + 1, 1);
    ssize_t len = read_fully(fd, bytes, (size_t)about.st_size);
    if (len < 0) return errno;
    *ret_text = slice_from(bytes, (size_t)len);
    return 0;
}

static int read_path(const char *path, size_t most, struct arena *arena, struct slice *ret_text)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return errno;
    int error = read_open(fd, most, arena, ret_text);
    close(fd);
    return error;
}

static struct place whole_file(struct faults *faults, const char *path)
{
    return (struct place){.file = arena_copy(faults->arena, slice_of(path))};
}

static void add_file_fault(struct faults *faults, const char *path, int error)
{
    const char *why = error == EINVAL ? "Not a regular file" : strerror(error);
    faults_add(faults, whole_file(faults, path), "cannot be read: %s", why);
}

bool load_file(const char *path, size_t most, struct arena *arena, struct faults *faults,
               struct slice *ret_text)
{
    int error = read_path(path, most, arena, ret_text);
    if (error != 0) add_file_fault(faults, path, error);
    return error == 0;
}

/** A file by its path, as its reader wants it; an unreadable one has a fault and is empty. */
static struct source_file load_source(struct loaded *loaded, struct slice path)
{
    struct source_file file = {.name = arena_copy(&loaded->arena, path)};
    if (!load_file(file.name.ptr, FILE_BYTES_MOST, &loaded->arena, &loaded->faults, &file.text))
        file.text = (struct slice){0};
    return file;
}

/** The folder of a file, with its last `/`; empty if it has none. */
static struct slice folder_of(struct slice path)
{
    size_t len = path.len;
    while (len > 0 && path.ptr[len - 1] != '/')
        len--;
    return slice_from(path.ptr, len);
}

/** A path as written in a file of that folder, made usable from the working folder. */
static struct slice resolve(struct loaded *loaded, struct slice folder, struct slice path)
{
    if (slice_starts(path, "/") || path.len == 0) return path;
    while (slice_starts(path, "./"))
        path = slice_from(path.ptr + 2, path.len - 2);
    if (slice_is(path, ".")) path.len = 0;
    if (path.len == 0 && folder.len > 1) folder.len--;
    if (path.len == 0 && folder.len == 0) folder = slice_of(".");
    return arena_print(&loaded->arena, "%.*s%.*s", (int)folder.len, folder.ptr, (int)path.len,
                       path.ptr);
}

/** An address: only that of a Unix socket holds a path. */
static struct slice resolve_address(struct loaded *loaded, struct slice folder,
                                    struct slice address)
{
    if (!slice_starts(address, "unix:")) return address;
    struct slice path = resolve(loaded, folder, slice_from(address.ptr + 5, address.len - 5));
    return arena_print(&loaded->arena, "unix:%.*s", (int)path.len, path.ptr);
}

static void resolve_paths(struct loaded *loaded, struct slice folder)
{
    struct config *config = &loaded->config;
    config->listen = resolve_address(loaded, folder, config->listen);
    config->redis.local = resolve(loaded, folder, config->redis.local);
    config->redis.address = resolve_address(loaded, folder, config->redis.address);
    config->redis.password_file = resolve(loaded, folder, config->redis.password_file);
    config->redis.sentinel_password_file =
        resolve(loaded, folder, config->redis.sentinel_password_file);
    config->definitions = resolve(loaded, folder, config->definitions);
    config->access = resolve(loaded, folder, config->access);
}

/**
 * A configuration with faults still says where the definitions are, so that `gimon check` can tell
 * what is wrong there in the same run.
 */
static void guess_definitions(struct loaded *loaded, const struct source_file *file)
{
    struct faults told;
    faults_init(&told, &loaded->arena);
    const struct node *root = yaml_read(file->name, file->text, &loaded->arena, &told);
    const struct node *node = root != NULL ? node_child(root, "definities") : NULL;
    if (node != NULL && node->kind == NODE_SCALAR && !node_is_null(node))
        loaded->config.definitions = resolve(loaded, folder_of(file->name), node->text);
}

bool load_config(struct loaded *loaded, const char *config_file)
{
    *loaded = (struct loaded){0};
    arena_init(&loaded->arena);
    faults_init(&loaded->faults, &loaded->arena);
    struct source_file file = load_source(loaded, slice_of(config_file));
    if (loaded->faults.count > 0) return false;
    if (!config_yaml_read(&file, &loaded->arena, &loaded->faults, &loaded->config)) {
        guess_definitions(loaded, &file);
        return false;
    }
    resolve_paths(loaded, folder_of(file.name));
    return true;
}

/** NULL where there is no such file in the configuration. */
static bool load_password(struct loaded *loaded, struct slice path, const char **ret_password)
{
    struct slice text;
    *ret_password = NULL;
    if (path.len == 0) return true;
    if (!load_file(path.ptr, PASSWORD_BYTES_MOST, &loaded->arena, &loaded->faults, &text))
        return false;
    *ret_password = arena_copy(&loaded->arena, slice_trim(text)).ptr;
    return true;
}

static const char *text_or_null(struct slice text)
{
    return text.len > 0 ? text.ptr : NULL;
}

bool load_target(struct loaded *loaded, struct redis_target *ret_target)
{
    const struct redis_config *redis = &loaded->config.redis;
    struct redis_target target = {
        .address = text_or_null(redis->address),
        .sentinels = redis->sentinels,
        .sentinel_count = redis->sentinel_count,
        .master = text_or_null(redis->master),
        .user = text_or_null(redis->user),
        .sentinel_user = text_or_null(redis->sentinel_user),
    };
    if (!load_password(loaded, redis->password_file, &target.password) ||
        !load_password(loaded, redis->sentinel_password_file, &target.sentinel_password))
        return false;
    *ret_target = target;
    return true;
}

/** A file or folder in the folder of definitions. */
static struct slice definition_path(struct loaded *loaded, const char *name)
{
    struct slice folder = loaded->config.definitions;
    bool slash = folder.len > 0 && folder.ptr[folder.len - 1] == '/';
    if (slice_is(folder, ".")) return arena_print(&loaded->arena, "%s", name);
    return arena_print(&loaded->arena, "%.*s%s%s", (int)folder.len, folder.ptr, slash ? "" : "/",
                       name);
}

/** What the files in a folder are called, without `.yaml`, ascending. */
struct stems {
    struct slice *items;
    size_t count;
};

static void add_stem(struct loaded *loaded, struct stems *stems, struct slice name)
{
    static const size_t suffix = sizeof ".yaml" - 1;
    if (name.len <= suffix || name.ptr[0] == '.' ||
        !slice_is(slice_from(name.ptr + name.len - suffix, suffix), ".yaml"))
        return;
    stems->items = arena_room(&loaded->arena, stems->items, stems->count, sizeof *stems->items);
    stems->items[stems->count++] =
        arena_copy(&loaded->arena, slice_from(name.ptr, name.len - suffix));
}

static int compare_stems(const void *left, const void *right)
{
    const struct slice *a = left;
    const struct slice *b = right;
    return slice_compare(*a, *b);
}

/** The files of a folder; 0 or an errno. */
static int find_stems(struct loaded *loaded, struct slice path, struct stems *ret_stems)
{
    struct stems stems = {0};
    DIR *folder = opendir(path.ptr);
    if (folder == NULL) return errno;
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
        add_stem(loaded, &stems, slice_of(entry->d_name));
    closedir(folder);
    if (stems.count > 1) qsort(stems.items, stems.count, sizeof *stems.items, compare_stems);
    *ret_stems = stems;
    return 0;
}

static struct stems find_monitors(struct loaded *loaded)
{
    struct stems stems = {0};
    struct slice path = definition_path(loaded, "monitors");
    int error = find_stems(loaded, path, &stems);
    if (error != 0)
        add_file_fault(&loaded->faults, path.ptr, error);
    else if (stems.count == 0)
        faults_add(&loaded->faults, whole_file(&loaded->faults, path.ptr),
                   "holds no *.yaml: there is no monitor");
    return stems;
}

/** What was published of a monitor; a missing folder is nothing. */
static void load_published(struct loaded *loaded, struct slice monitor,
                           struct rulebook_sources *sources)
{
    struct stems stems = {0};
    struct slice name =
        arena_print(&loaded->arena, "gepubliceerd/%.*s", (int)monitor.len, monitor.ptr);
    struct slice path = definition_path(loaded, name.ptr);
    int error = find_stems(loaded, path, &stems);
    if (error != 0 && error != ENOENT) add_file_fault(&loaded->faults, path.ptr, error);
    struct source_file *files = arena_array(&loaded->arena, stems.count, sizeof *files);
    for (size_t i = 0; i < stems.count; i++) {
        struct slice file = arena_print(&loaded->arena, "%.*s/%.*s.yaml", (int)path.len, path.ptr,
                                        (int)stems.items[i].len, stems.items[i].ptr);
        files[i] = load_source(loaded, file);
    }
    sources->published = files;
    sources->published_count = stems.count;
}

/** One rulebook a monitor. The shared files are read with each, their faults are told once. */
static void load_rulebooks(struct loaded *loaded, struct rulebook_sources *sources,
                           const struct stems *stems)
{
    size_t first = loaded->faults.count;
    loaded->rulebooks = arena_array(&loaded->arena, stems->count, sizeof(struct rulebook *));
    loaded->rulebook_count = stems->count;
    for (size_t i = 0; i < stems->count; i++) {
        struct slice name = arena_print(&loaded->arena, "monitors/%.*s.yaml",
                                        (int)stems->items[i].len, stems->items[i].ptr);
        size_t before = loaded->faults.count;
        sources->monitor = load_source(loaded, definition_path(loaded, name.ptr));
        load_published(loaded, stems->items[i], sources);
        if (loaded->faults.count == before)
            loaded->rulebooks[i] = rulebook_yaml_read(sources, &loaded->faults);
    }
    if (loaded->faults.count == first)
        directory_check_monitors(&sources->organisations, stems->items, stems->count,
                                 &loaded->arena, &loaded->faults);
}

static void load_definitions(struct loaded *loaded)
{
    size_t before = loaded->faults.count;
    struct rulebook_sources sources = {
        .organisations = load_source(loaded, definition_path(loaded, "organisaties.yaml")),
        .regions = load_source(loaded, definition_path(loaded, "regios.yaml")),
        .calendars = load_source(loaded, definition_path(loaded, "kalender.yaml")),
    };
    struct stems stems = find_monitors(loaded);
    if (loaded->faults.count == before) load_rulebooks(loaded, &sources, &stems);
}

bool load_all(struct loaded *loaded, const char *config_file)
{
    bool configured = load_config(loaded, config_file);
    if (loaded->config.definitions.len > 0) load_definitions(loaded);
    if (configured) access_free(load_access(loaded->config.access.ptr, &loaded->faults));
    faults_order(&loaded->faults, 0);
    return loaded->faults.count == 0;
}

void load_done(struct loaded *loaded)
{
    for (size_t i = 0; i < loaded->rulebook_count; i++)
        rulebook_free(loaded->rulebooks[i]);
    arena_done(&loaded->arena);
    *loaded = (struct loaded){0};
}

struct access *load_access(const char *path, struct faults *faults)
{
    struct arena arena;
    struct slice text = {0};
    struct access *access = NULL;
    arena_init(&arena);
    int error = read_path(path, FILE_BYTES_MOST, &arena, &text);
    if (error == ENOENT)
        access = access_new();
    else if (error != 0)
        add_file_fault(faults, path, error);
    else
        access = access_yaml_read(
            &(struct source_file){.name = whole_file(faults, path).file, .text = text}, faults);
    arena_done(&arena);
    return access;
}

void load_print_faults(const struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->items[i];
        fprintf(stderr, "%.*s:", (int)fault->file.len, fault->file.ptr);
        if (fault->line > 0) fprintf(stderr, "%u:%u:", fault->line, fault->column);
        fprintf(stderr, " %.*s\n", (int)fault->message.len, fault->message.ptr);
    }
}
