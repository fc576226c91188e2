/*
 * Gives a fuzz target every file of a folder, so that the ordinary test run covers what fuzzing
 * once found. Each input is on the heap at exactly its size: a byte read beyond it is noticed. Exit
 * 1 if the folder cannot be read or holds nothing.
 */
#include <dirent.h>
#include <stdio.h>

#include "base/memory.h"
#include "fuzz/target.h"

static int replay_file(FILE *file)
{
    if (fseek(file, 0, SEEK_END) != 0) return 1;
    const long size = ftell(file);
    if (size < 0 || fseek(file, 0, SEEK_SET) != 0) return 1;
    uint8_t *data = memory_new((size_t)size);
    const size_t count = fread(data, 1, (size_t)size, file);
    if (count == (size_t)size) LLVMFuzzerTestOneInput(data, count);
    memory_free(data);
    return count == (size_t)size ? 0 : 1;
}

static int replay(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) return 1;
    const int failed = replay_file(file);
    fclose(file);
    if (failed != 0) fprintf(stderr, "cannot replay %s\n", path);
    return failed;
}

int main(int count, char **arguments)
{
    DIR *directory = count == 2 ? opendir(arguments[1]) : NULL;
    if (directory == NULL) {
        fprintf(stderr, "usage: %s FOLDER\n", arguments[0]);
        return 2;
    }
    int replayed = 0, failed = 0;
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        failed |= replay(arguments[1], entry->d_name);
        replayed++;
    }
    closedir(directory);
    printf("%d inputs\n", replayed);
    return replayed > 0 ? failed : 1;
}
