/*
 * Answers of the daemon for people. Happy path: a receipt in one line and its findings below it. An
 * answer that is not what the contract says (a proxy's page, say) is shown by its status alone.
 */
#include "cli/answer_print.h"

#include "cli/paint.h"

#include <cjson/cJSON.h>
#include <string.h>

/* A text member, or what stands for it. */
static const char *text_of(const cJSON *object, const char *key, const char *otherwise)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
    return text ? text : otherwise;
}

static int number_of(const cJSON *object, const char *key)
{
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNumber(number) ? number->valueint : 0;
}

static enum paint paint_of(const char *severity)
{
    if (strcmp(severity, "fout") == 0) return PAINT_BAD;
    return PAINT_CAREFUL;
}

static void print_finding(FILE *out, const cJSON *finding)
{
    int line = number_of(finding, "regel"), column = number_of(finding, "kolom");
    const char *severity = text_of(finding, "ernst", "?");
    fputs("  ", out);
    paint_text(out, paint_of(severity), severity);
    fputc(' ', out);
    paint_text(out, PAINT_PLAIN, text_of(finding, "plaats", "/"));
    if (line > 0) fprintf(out, " (line %d, column %d)", line, column);
    fputs(": ", out);
    paint_text(out, PAINT_PLAIN, text_of(finding, "melding", ""));
    fputs(" [", out);
    paint_text(out, PAINT_ASIDE, text_of(finding, "code", "?"));
    fputs("]\n", out);
    const char *reason = text_of(finding, "toelichting", NULL);
    if (!reason) return;
    fputs("    toelichting: ", out);
    paint_text(out, PAINT_PLAIN, reason);
    fputc('\n', out);
}

static void print_findings(FILE *out, const cJSON *answer)
{
    const cJSON *finding;
    cJSON_ArrayForEach(finding, cJSON_GetObjectItemCaseSensitive(answer, "bevindingen"))
        print_finding(out, finding);
}

/* A value of a difference as it stands in the answer; what is not there is nothing. */
static void print_value(FILE *out, const cJSON *object, const char *key)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, key);
    char *text = value ? cJSON_PrintUnformatted(value) : NULL;
    paint_text(out, PAINT_PLAIN, text ? text : "-");
    cJSON_free(text);
}

static void print_changes(FILE *out, const cJSON *answer)
{
    const cJSON *change;
    cJSON_ArrayForEach(change, cJSON_GetObjectItemCaseSensitive(answer, "verschil"))
    {
        fputs("  ", out);
        paint_text(out, PAINT_PLAIN, text_of(change, "cijfer", "?"));
        fputs(": ", out);
        print_value(out, change, "was");
        fputs(" -> ", out);
        print_value(out, change, "wordt");
        fputc('\n', out);
    }
}

static cJSON *parse(const struct http_answer *answer)
{
    return answer->body.len > 0 ? cJSON_ParseWithLength(answer->body.ptr, answer->body.len) : NULL;
}

void answer_print_receipt(FILE *out, const char *what, const struct http_answer *answer)
{
    cJSON *receipt = parse(answer);
    paint_text(out, PAINT_PLAIN, what);
    fputs(": ", out);
    paint_text(out, PAINT_GOOD, text_of(receipt, "uitkomst", "?"));
    fprintf(out, " (revision %d)\n", number_of(receipt, "revisie"));
    print_findings(out, receipt);
    cJSON_Delete(receipt);
}

static bool is_acceptable(const cJSON *trial)
{
    return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(trial, "aanvaardbaar"));
}

bool answer_is_acceptable(const struct http_answer *answer)
{
    cJSON *trial = parse(answer);
    const bool acceptable = is_acceptable(trial);
    cJSON_Delete(trial);
    return acceptable;
}

void answer_print_trial(FILE *out, const char *what, const struct http_answer *answer)
{
    cJSON *trial = parse(answer);
    const bool acceptable = is_acceptable(trial);
    paint_text(out, PAINT_PLAIN, what);
    fputs(": ", out);
    paint_text(out, acceptable ? PAINT_GOOD : PAINT_BAD,
               acceptable ? "aanvaardbaar" : "niet aanvaardbaar");
    fputs(" (dry run, nothing is stored)\n", out);
    print_findings(out, trial);
    print_changes(out, trial);
    cJSON_Delete(trial);
}

void answer_print_refusal(FILE *out, const char *what, const struct http_answer *answer)
{
    paint_text(out, PAINT_PLAIN, what);
    fputs(": ", out);
    if (answer->status == 0) {
        paint_text(out, PAINT_BAD, "not reached");
        fprintf(out, ": %s\n", answer->fault);
        return;
    }
    cJSON *problem = answer->is_problem ? parse(answer) : NULL;
    fprintf(out, "%ld ", answer->status);
    paint_text(out, PAINT_BAD, text_of(problem, "title", "refused"));
    fputs(". ", out);
    paint_text(out, PAINT_PLAIN, text_of(problem, "detail", ""));
    fputc('\n', out);
    print_findings(out, problem);
    cJSON_Delete(problem);
}

static cJSON *stand_in(const struct http_answer *answer)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddNumberToObject(object, "status", (double)answer->status);
    cJSON_AddStringToObject(object, "title", answer->status == 0 ? "not reached" : "no JSON");
    cJSON_AddStringToObject(object, "detail", answer->fault);
    return object;
}

void answer_print_json(FILE *out, const struct http_answer *answer)
{
    cJSON *parsed = parse(answer);
    const bool plain = parsed && !memchr(answer->body.ptr, '\n', answer->body.len);
    if (plain) {
        /* Byte for byte: a receipt is kept as it was given. */
        fprintf(out, "%.*s\n", (int)answer->body.len, answer->body.ptr);
    } else {
        cJSON *object = parsed ? parsed : stand_in(answer);
        char *line = cJSON_PrintUnformatted(object);
        fprintf(out, "%s\n", line ? line : "null");
        cJSON_free(line);
        if (!parsed) cJSON_Delete(object);
    }
    cJSON_Delete(parsed);
}
