#ifndef GIMON_DESK_OPENAPI_COPY_H
#define GIMON_DESK_OPENAPI_COPY_H

#include "base/text.h"
#include "core/digest.h"

/**
 * The OpenAPI document once it has been made; zero before that. It depends on the program alone,
 * so it is made for the first who asks and stays.
 */
struct openapi_copy {
    struct text document;
    struct digest digest;
};

/** Gives back what it holds. */
void openapi_copy_done(struct openapi_copy *copy);

#endif
