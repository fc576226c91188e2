/*
 * Answers of the daemon for people. Happy path: a receipt in one line and its findings below it. An
 * answer that is not what the contract says (a proxy's page, say) is shown by its status alone.
 */
#include "cli/answer_print.h"

#include <cjson/cJSON.h>

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

static void print_finding(FILE *out, const cJSON *finding)
{
    int line = number_of(finding, "regel"), column = number_of(finding, "kolom");
    fprintf(out, "  %s %s", text_of(finding, "ernst", "?"), text_of(finding, "plaats", "/"));
    if (line > 0) fprintf(out, " (line %d, column %d)", line, column);
    fprintf(out, ": %s [%s]\n", text_of(finding, "melding", ""), text_of(finding, "code", "?"));
    const char *reason = text_of(finding, "toelichting", NULL);
    if (reason) fprintf(out, "    toelichting: %s\n", reason);
}

static void print_findings(FILE *out, const cJSON *answer)
{
    const cJSON *finding;
    cJSON_ArrayForEach(finding, cJSON_GetObjectItemCaseSensitive(answer, "bevindingen"))
        print_finding(out, finding);
}

static cJSON *parse(const struct http_answer *answer)
{
    return answer->body.len > 0 ? cJSON_ParseWithLength(answer->body.ptr, answer->body.len) : NULL;
}

void answer_print_receipt(FILE *out, const char *what, const struct http_answer *answer)
{
    cJSON *receipt = parse(answer);
    fprintf(out, "%s: %s (revision %d)\n", what, text_of(receipt, "uitkomst", "?"),
            number_of(receipt, "revisie"));
    print_findings(out, receipt);
    cJSON_Delete(receipt);
}

void answer_print_refusal(FILE *out, const char *what, const struct http_answer *answer)
{
    if (answer->status == 0) {
        fprintf(out, "%s: not reached: %s\n", what, answer->fault);
        return;
    }
    cJSON *problem = answer->is_problem ? parse(answer) : NULL;
    fprintf(out, "%s: %ld %s. %s\n", what, answer->status, text_of(problem, "title", "refused"),
            text_of(problem, "detail", ""));
    print_findings(out, problem);
    cJSON_Delete(problem);
}
