#ifndef GIMON_DESK_CREDENTIAL_H
#define GIMON_DESK_CREDENTIAL_H

#include "core/access.h"
#include "desk/message.h"

/** What a request brings to say who asks. */
enum credential {
    CREDENTIAL_NONE,
    CREDENTIAL_MALFORMED, /**< a header Authorization that is no `Bearer <token>` */
    CREDENTIAL_UNKNOWN,   /**< no token of ours, or one that has expired */
    CREDENTIAL_VALID,
};

/** Looks at the header Authorization; `ret_token` is set for CREDENTIAL_VALID only. */
enum credential credential_read(const struct access *access, const struct request *request,
                                struct moment now, const struct token **ret_token);

#endif
