/*
 * toegang.yaml: who may come in, by the digests of their tokens. The file is written by `gimon
 * token` and may be read by people; a secret never stands in it. An empty file lets nobody in.
 * Faults: a role without the organisations it needs, a digest twice.
 */
#include "codec/access_yaml.h"

#include "codec/yaml_schema.h"

enum { FILE_TOKENS, FILE_KEYS };

static const struct schema_key FILE_TABLE[] = {
    [FILE_TOKENS] = {.name = SLICE_LITERAL("tokens"), .type = SCHEMA_LIST, .required = true},
};
static const struct schema FILE_SCHEMA = {.keys = FILE_TABLE, .count = FILE_KEYS};

/* What a token can be given: ROLE_PUBLIC is who has none. */
static const struct slice ROLES[] = {
#define ACCESS_ID(constant, id) [constant] = SLICE_LITERAL(id),
    ACCESS_ROLES(ACCESS_ID)
#undef ACCESS_ID
};

enum {
    TOKEN_NAME,
    TOKEN_DIGEST,
    TOKEN_ROLE,
    TOKEN_ORGANISATIONS,
    TOKEN_CREATED,
    TOKEN_EXPIRES,
    TOKEN_KEYS
};

static const struct schema_key TOKEN_TABLE[] = {
    [TOKEN_NAME] = {.name = SLICE_LITERAL("naam"), .type = SCHEMA_TEXT, .required = true},
    [TOKEN_DIGEST] = {.name = SLICE_LITERAL("sha256"), .type = SCHEMA_TEXT, .required = true},
    [TOKEN_ROLE] = {.name = SLICE_LITERAL("rol"),
                    .type = SCHEMA_CHOICE,
                    .required = true,
                    .choices = {ROLES + ROLE_PUBLIC + 1, ROLE_COUNT - ROLE_PUBLIC - 1}},
    [TOKEN_ORGANISATIONS] = {.name = SLICE_LITERAL("organisaties"), .type = SCHEMA_TEXTS},
    [TOKEN_CREATED] = {.name = SLICE_LITERAL("aangemaakt"),
                       .type = SCHEMA_MOMENT,
                       .required = true},
    [TOKEN_EXPIRES] = {.name = SLICE_LITERAL("verlooptOp"), .type = SCHEMA_MOMENT},
};
static const struct schema TOKEN_SCHEMA = {.keys = TOKEN_TABLE, .count = TOKEN_KEYS};

static void check_role(const struct schema_value *values, enum role role, struct faults *faults)
{
    if (!values[TOKEN_ROLE].present) return;
    if (role != ROLE_GI) {
        schema_refuse(&TOKEN_SCHEMA, values, TOKEN_ORGANISATIONS,
                      "only a token with rol gi is of organisations", faults);
        return;
    }
    schema_need(&TOKEN_SCHEMA, values, TOKEN_ORGANISATIONS, "a token with rol gi delivers for them",
                faults);
    if (values[TOKEN_ORGANISATIONS].present && schema_count(&values[TOKEN_ORGANISATIONS]) == 0)
        faults_add(faults, values[TOKEN_ORGANISATIONS].place, "this list is empty");
}

static void read_digest(const struct schema_value *value, struct faults *faults,
                        struct digest *ret_digest)
{
    if (value->present && !digest_parse(value->text, ret_digest))
        faults_add(faults, value->place, "\"sha256\" must be 64 hexadecimal digits");
}

static struct token read_token(const struct schema_value *values, struct arena *arena,
                               struct faults *faults)
{
    size_t count = schema_count(&values[TOKEN_ORGANISATIONS]);
    struct slice *organisations = arena_array(arena, count, sizeof *organisations);
    for (size_t i = 0; i < count; i++)
        organisations[i] = values[TOKEN_ORGANISATIONS].node->children[i].text;
    struct token token = {.name = values[TOKEN_NAME].text,
                          .role = (enum role)(values[TOKEN_ROLE].number + ROLE_PUBLIC + 1),
                          .organisations = organisations,
                          .organisation_count = count,
                          .created = values[TOKEN_CREATED].moment,
                          .has_expiry = values[TOKEN_EXPIRES].present,
                          .expires = values[TOKEN_EXPIRES].moment};
    read_digest(&values[TOKEN_DIGEST], faults, &token.digest);
    check_role(values, token.role, faults);
    return token;
}

static bool has_digest(const struct token *tokens, size_t count, const struct digest *digest)
{
    for (size_t i = 0; i < count; i++) {
        if (digest_equal(&tokens[i].digest, digest)) return true;
    }
    return false;
}

static void read_tokens(struct access *access, const struct schema_value *list,
                        struct faults *faults)
{
    size_t count = schema_count(list);
    struct token *tokens = arena_array(&access->arena, count, sizeof *tokens);
    for (size_t i = 0; i < count; i++) {
        struct schema_value values[TOKEN_KEYS];
        if (!schema_read(&TOKEN_SCHEMA, &list->node->children[i], "a token", faults, values))
            continue;
        size_t before = faults->count;
        tokens[i] = read_token(values, &access->arena, faults);
        if (faults->count == before && has_digest(tokens, i, &tokens[i].digest))
            faults_add(faults, values[TOKEN_DIGEST].place, "this token stands here already");
    }
    access->tokens = tokens;
    access->token_count = count;
}

struct access *access_yaml_read(const struct source_file *file, struct faults *faults)
{
    struct schema_value values[FILE_KEYS];
    size_t before = faults->count;
    struct access *access = access_new();
    const struct node *root = yaml_read(file->name, file->text, &access->arena, faults);
    if (root != NULL && !node_is_null(root) &&
        schema_read(&FILE_SCHEMA, root, "this file", faults, values))
        read_tokens(access, &values[FILE_TOKENS], faults);
    if (faults->count == before) return access;
    faults_order(faults, before);
    access_free(access);
    return NULL;
}

static void write_token(struct text *text, const struct token *token)
{
    text_puts(text, "  - naam: ");
    yaml_put_string(text, token->name);
    text_puts(text, "\n    sha256: ");
    text_putc(text, '"');
    digest_put(text, &token->digest);
    text_putc(text, '"');
    text_puts(text, "\n    rol: ");
    text_puts(text, role_id(token->role));
    if (token->role == ROLE_GI) {
        text_puts(text, "\n    organisaties: [");
        for (size_t i = 0; i < token->organisation_count; i++) {
            text_puts(text, i > 0 ? ", " : "");
            yaml_put_string(text, token->organisations[i]);
        }
        text_putc(text, ']');
    }
    text_puts(text, "\n    aangemaakt: ");
    moment_put(text, token->created);
    if (token->has_expiry) {
        text_puts(text, "\n    verlooptOp: ");
        moment_put(text, token->expires);
    }
    text_putc(text, '\n');
}

void access_yaml_write(struct text *text, const struct access *access)
{
    text_puts(text,
              "# Who may come in, by the SHA-256 of their token. Written by `gimon token`; take a\n"
              "# token away with `gimon token revoke`.\n");
    text_puts(text, access->token_count > 0 ? "tokens:\n" : "tokens: []\n");
    for (size_t i = 0; i < access->token_count; i++)
        write_token(text, &access->tokens[i]);
}
