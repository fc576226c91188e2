#ifndef GIMON_EDGE_REDIS_SENTINEL_H
#define GIMON_EDGE_REDIS_SENTINEL_H

#include <hiredis/hiredis.h>
#include <uv.h>

#include "edge/redis_address.h"
#include "edge/redis_command.h"
#include "edge/redis_target.h"

/* One sentinel asked where the master is (https://redis.io/docs/reference/sentinel-clients). */

/** Forms the question SENTINEL GET-MASTER-ADDR-BY-NAME; borrows the name. */
void redis_sentinel_form(struct command *command, const char *master);

/** Reads the answer; NULL, or why there is no address in it (a sentence of ours or of Redis). */
const char *redis_sentinel_read(const redisReply *reply, struct redis_address *ret_master)
    __attribute__((warn_unused_result));

/** Whether an answer to ROLE is that of a master. */
bool redis_role_is_master(const redisReply *reply);

struct redis_question;

/** What the sentinel said: an address, which may be a name, or NULL and why not. */
typedef void redis_answered(void *self, const struct redis_address *master, const char *fault);

/**
 * Asks the sentinel at a numeric address; `done` runs once, later, within a second, and the
 * question is gone after it. NULL if no connection can even be begun: then it never runs.
 */
struct redis_question *redis_question_begin(uv_loop_t *loop, const struct redis_target *target,
                                            const struct redis_address *sentinel,
                                            redis_answered *done, void *self)
    __attribute__((warn_unused_result));

/** Nobody waits for it any more: `done` does not run. NULL is fine. */
void redis_question_forget(struct redis_question *question);

#endif
