/*
 * The token in a request's header (RFC 6750, section 2.1). The scheme is not case-sensitive.
 */
#include "desk/credential.h"

enum credential credential_read(const struct access *access, const struct request *request,
                                struct moment now, const struct token **ret_token)
{
    const struct slice header = slice_trim(request->authorization);
    struct slice scheme, secret;
    if (header.len == 0) return CREDENTIAL_NONE;
    if (!slice_cut(header, ' ', &scheme, &secret) || !slice_is_nocase(scheme, "Bearer"))
        return CREDENTIAL_MALFORMED;
    const struct token *token = access_find(access, slice_trim(secret), now);
    if (token == NULL) return CREDENTIAL_UNKNOWN;
    *ret_token = token;
    return CREDENTIAL_VALID;
}
