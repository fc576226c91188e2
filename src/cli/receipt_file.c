/*
 * A receipt read from its file. Everything that a comparison needs must be there and be what it
 * says it is; the rest of the receipt is of no interest here.
 */
#include "cli/receipt_file.h"

#include "edge/load.h"

#include <stdio.h>

enum { FILE_BYTES_MOST = 16 << 20, REVISIONS_MOST = 1000000 };

static struct slice text_of(const cJSON *json, const char *key)
{
    return slice_of(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, key)));
}

static bool take_texts(struct receipt_file *receipt)
{
    const cJSON *json = receipt->json;
    const cJSON *revision = cJSON_GetObjectItemCaseSensitive(json, "revisie");
    if (!cJSON_IsNumber(revision) || revision->valueint < 1 || revision->valueint > REVISIONS_MOST)
        return false;
    receipt->revision = (unsigned)revision->valueint;
    receipt->monitor = text_of(json, "monitor").ptr;
    receipt->peildatum = text_of(json, "peildatum").ptr;
    receipt->organisation = text_of(json, "organisatie").ptr;
    return receipt->monitor != NULL && receipt->peildatum != NULL && receipt->organisation != NULL;
}

static bool take(struct receipt_file *receipt)
{
    return cJSON_IsObject(receipt->json) &&
           record_id_parse(text_of(receipt->json, "kenmerk"), &receipt->id) &&
           digest_parse(text_of(receipt->json, "sha256"), &receipt->sha256) &&
           digest_parse(text_of(receipt->json, "keten"), &receipt->head) && take_texts(receipt);
}

bool receipt_file_read(struct receipt_file *receipt, const char *command, const char *path)
{
    struct arena arena;
    struct faults faults;
    struct slice text = {0};
    *receipt = (struct receipt_file){0};
    arena_init(&arena);
    faults_init(&faults, &arena);
    const bool read = load_file(path, FILE_BYTES_MOST, &arena, &faults, &text);
    if (read && text.len > 0) receipt->json = cJSON_ParseWithLength(text.ptr, text.len);
    const bool taken = receipt->json != NULL && take(receipt);
    load_print_faults(&faults);
    if (read && !taken)
        fprintf(stderr,
                "%s: %s is no receipt: it needs kenmerk, monitor, peildatum, organisatie, revisie, "
                "sha256 and keten\n",
                command, path);
    arena_done(&arena);
    if (!taken) receipt_file_done(receipt);
    return taken;
}

void receipt_file_done(struct receipt_file *receipt)
{
    cJSON_Delete(receipt->json);
    *receipt = (struct receipt_file){0};
}
