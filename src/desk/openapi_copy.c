/* Where the OpenAPI document is kept between two who ask for it; openapi.c makes it. */
#include "desk/openapi_copy.h"

void openapi_copy_done(struct openapi_copy *copy)
{
    text_done(&copy->document);
}
