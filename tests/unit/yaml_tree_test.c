/*
 * Trees of YAML: every node knows its place, nothing is typed, what the language has beyond maps,
 * lists and texts is refused, and the canonical text reads back as the same tree. (What is said
 * about files that are wrong is held by definitions_golden_test.)
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/memory.h"
#include "codec/yaml_tree.h"

struct fixture {
    struct arena arena;
    struct faults faults;
};

static int setup(void **state)
{
    struct fixture *fixture = memory_new(sizeof *fixture);
    arena_init(&fixture->arena);
    faults_init(&fixture->faults, &fixture->arena);
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    arena_done(&fixture->arena);
    memory_free(fixture);
    return 0;
}

static const struct node *read_slice(struct fixture *fixture, struct slice text)
{
    return yaml_read(slice_of("x.yaml"), text, &fixture->arena, &fixture->faults);
}

static const struct node *read_good(struct fixture *fixture, const char *text)
{
    const struct node *root = read_slice(fixture, slice_of(text));
    assert_int_equal(fixture->faults.count, 0);
    assert_non_null(root);
    return root;
}

static void assert_slice(struct slice actual, const char *expected)
{
    assert_true(slice_is(actual, expected));
}

static void assert_place(struct place place, unsigned line, unsigned column)
{
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

static void test_every_node_and_key_knows_its_place(void **state)
{
    const struct node *root = read_good(*state, "a: 1\nb:\n  - één: twee\n  - {drie: [4]}\n");
    assert_int_equal(root->kind, NODE_MAP);
    assert_int_equal(root->count, 2);
    assert_place(root->key_places[1], 2, 1);
    const struct node *list = node_child(root, "b");
    assert_int_equal(list->kind, NODE_LIST);
    assert_place(list->children[0].place, 3, 5);
    /* Columns count characters: what an editor shows. */
    assert_place(node_child(&list->children[0], "één")->place, 3, 10);
    assert_place(node_child(&list->children[1], "drie")->children[0].place, 4, 13);
    assert_slice(root->place.file, "x.yaml");
}

static void test_scalars_stay_texts(void **state)
{
    const struct node *root =
        read_good(*state, "- 5\n- 05.0\n- true\n- 'true'\n- \"a\\tb\"\n- >-\n  c\n  d\n");
    assert_int_equal(root->count, 6);
    assert_slice(root->children[0].text, "5");
    assert_slice(root->children[1].text, "05.0");
    assert_false(root->children[2].quoted);
    assert_true(root->children[3].quoted);
    assert_slice(root->children[4].text, "a\tb");
    assert_slice(root->children[5].text, "c d");
}

static void test_nothing_is_null_however_it_is_written(void **state)
{
    const struct node *root = read_good(*state, "[~, null, Null, 'null', '', {a: }]\n");
    for (size_t i = 0; i < 3; i++)
        assert_true(node_is_null(&root->children[i]));
    assert_false(node_is_null(&root->children[3]));
    assert_false(node_is_null(&root->children[4]));
    assert_true(node_is_null(node_child(&root->children[5], "a")));
    assert_null(node_child(&root->children[5], "b"));
    assert_null(node_child(root, "a"));
}

static void test_no_document_is_null(void **state)
{
    assert_true(node_is_null(read_good(*state, "")));
    assert_true(node_is_null(read_good(*state, "# only a remark\n")));
    assert_true(node_is_null(read_slice(*state, (struct slice){0})));
}

static void test_all_faults_of_one_reading(void **state)
{
    struct fixture *fixture = *state;
    assert_null(read_slice(fixture, slice_of("a: &x 1\na: *x\nb: !t 2\n[c]: 3\n")));
    assert_int_equal(fixture->faults.count, 5);
}

static void test_bytes_that_are_no_text_have_a_place(void **state)
{
    struct fixture *fixture = *state;
    assert_null(read_slice(fixture, slice_of("a: 1\nb: é\xFF\n")));
    assert_int_equal(fixture->faults.count, 1);
    assert_int_equal(fixture->faults.items[0].line, 2);
    assert_int_equal(fixture->faults.items[0].column, 5);
}

static void test_control_characters_are_refused(void **state)
{
    struct fixture *fixture = *state;
    assert_null(read_slice(fixture, slice_of("a: \"x\\0y\"\nb: \"\\e[31m\"\n")));
    assert_int_equal(fixture->faults.count, 2);
}

/** `depth` lists in each other. */
static struct slice nested(struct arena *arena, size_t depth)
{
    char *text = arena_array(arena, 2 * depth, 1);
    for (size_t i = 0; i < depth; i++) {
        text[i] = '[';
        text[2 * depth - 1 - i] = ']';
    }
    return slice_from(text, 2 * depth);
}

static void test_depth_ends_at_the_limit(void **state)
{
    struct fixture *fixture = *state;
    assert_non_null(read_slice(fixture, nested(&fixture->arena, YAML_DEPTH)));
    assert_null(read_slice(fixture, nested(&fixture->arena, YAML_DEPTH + 1)));
    assert_int_equal(fixture->faults.count, 1);
    assert_int_equal(fixture->faults.items[0].column, YAML_DEPTH + 1);
}

/** A list of `count` nodes, itself included. */
static struct slice many(struct arena *arena, size_t count)
{
    char *text = arena_array(arena, 2 * count, 1);
    for (size_t i = 0; i < count - 1; i++) {
        text[2 * i] = i == 0 ? '[' : ',';
        text[2 * i + 1] = '1';
    }
    text[2 * (count - 1)] = ']';
    return slice_from(text, 2 * count - 1);
}

static void test_nodes_end_at_the_limit(void **state)
{
    struct fixture *fixture = *state;
    const struct node *root = read_slice(fixture, many(&fixture->arena, YAML_NODES));
    assert_non_null(root);
    assert_int_equal(root->count, YAML_NODES - 1);
    assert_null(read_slice(fixture, many(&fixture->arena, YAML_NODES + 1)));
    assert_int_equal(fixture->faults.count, 1);
}

static void assert_canonical(struct fixture *fixture, const char *yaml, const char *expected)
{
    struct text first, again;
    text_init(&first);
    text_init(&again);
    node_put_canonical(&first, read_good(fixture, yaml));
    assert_slice(text_slice(&first), expected);
    const struct node *root = read_slice(fixture, text_slice(&first));
    assert_non_null(root);
    node_put_canonical(&again, root);
    assert_slice(text_slice(&again), expected);
    text_done(&first);
    text_done(&again);
}

static void test_canonical_text_reads_back_as_itself(void **state)
{
    assert_canonical(*state, "b: 1\na: [x, ~, 'null', {}]\n",
                     "{\"b\":\"1\",\"a\":[\"x\",null,\"null\",{}]}");
    assert_canonical(*state, "|\n  één \"regel\" \\ \n  twee\n",
                     "\"één \\\"regel\\\" \\\\ \\ntwee\\n\"");
    /* What YAML takes for line ends or refuses when it stands there as itself. */
    assert_canonical(*state, "\"a\\Nb\\Lc\\Pd\\uFEFFe\\u0080f\\uFFFEg\\U0001F600\"\n",
                     "\"a\\u0085b\\u2028c\\u2029d\\ufeffe\\u0080f\\ufffeg😀\"");
    assert_canonical(*state, "'key: with # marks': '- {a: [b'\n",
                     "{\"key: with # marks\":\"- {a: [b\"}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_node_and_key_knows_its_place, setup, teardown),
        cmocka_unit_test_setup_teardown(test_scalars_stay_texts, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nothing_is_null_however_it_is_written, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_no_document_is_null, setup, teardown),
        cmocka_unit_test_setup_teardown(test_all_faults_of_one_reading, setup, teardown),
        cmocka_unit_test_setup_teardown(test_bytes_that_are_no_text_have_a_place, setup, teardown),
        cmocka_unit_test_setup_teardown(test_control_characters_are_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(test_depth_ends_at_the_limit, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nodes_end_at_the_limit, setup, teardown),
        cmocka_unit_test_setup_teardown(test_canonical_text_reads_back_as_itself, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
