/* settings.c: values from the environment and from a configuration file. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/suggest.h"
#include "cmd/command.h"

#define CONFIG_FILE "policyeval.json"
#define PREFIX "POLICYEVAL_"

enum { NAME_BYTES = 64 };

extern char **environ;

/* ---- names ---- */

/* The option that a source may set by this name, without its hyphens; NULL: none. */
static const struct pe_option *find(const char *name, enum pe_source source)
{
    const struct pe_option *option;

    for (size_t i = 0; (option = pe_option_at(i)) != NULL; i++)
        if ((option->sources & 1u << source) != 0 && strcmp(option->name + 2, name) == 0)
            return option;
    return NULL;
}

static const char *suggest(const char *name, enum pe_source source)
{
    const char *names[PE_MAX_OPTIONS];
    size_t count = 0;

    for (size_t i = 0; pe_option_at(i) != NULL; i++)
        if ((pe_option_at(i)->sources & 1u << source) != 0)
            names[count++] = pe_option_at(i)->name + 2;
    return pe_suggest(name, names, count);
}

/* Whether there is such an option, but not for this source. */
static bool is_given_only(const char *name)
{
    for (size_t i = 0; pe_option_at(i) != NULL; i++)
        if (strcmp(pe_option_at(i)->name + strspn(pe_option_at(i)->name, "-"), name) == 0)
            return true;
    return false;
}

static struct pe_origin *origin_of(struct pe_args *args, const struct pe_option *option)
{
    return &args->origins[option - pe_option_at(0)];
}

/* Whether it is for this command, and nothing stronger has set it. */
static bool is_wanted(const struct pe_command *command, struct pe_args *args,
                      const struct pe_option *option)
{
    return pe_option_taken(command, option->name) &&
           origin_of(args, option)->source == PE_FROM_DEFAULT;
}

/* ---- the environment ---- */

/* FAIL_ON is fail-on. */
static bool lower(const char *name, size_t length, char out[NAME_BYTES])
{
    if (length >= NAME_BYTES)
        return false;
    for (size_t i = 0; i < length; i++) {
        out[i] = name[i] == '_' ? '-' : name[i];
        if (out[i] >= 'A' && out[i] <= 'Z')
            out[i] = (char)(out[i] - 'A' + 'a');
        else if (name[i] != '_' && !(name[i] >= '0' && name[i] <= '9'))
            return false;
    }
    out[length] = '\0';
    return true;
}

static int refuse_variable(const char *name, size_t length, const char *lowered)
{
    const char *like = suggest(lowered, PE_FROM_ENVIRONMENT);
    int shown = length > 60 ? 60 : (int)length;

    if (is_given_only(lowered))
        pe_complain("the environment's " PREFIX "%.*s: this is for the command line only", shown,
                    name);
    else
        pe_complain("the environment's " PREFIX "%.*s is no setting%s%s%s", shown, name,
                    like == NULL ? "" : " (did you mean that of --", like == NULL ? "" : like,
                    like == NULL ? "; policyeval config shows them" : "?)");
    return -1;
}

static int set_switch(struct pe_args *args, const struct pe_option *option, const char *value)
{
    static const char *const words[] = {"0", "false", "1", "true"};

    for (size_t i = 0; i < 4; i++)
        if (strcmp(value, words[i]) == 0)
            return pe_args_switch(args, option, i >= 2), 0;
    return pe_complain("the environment's value for %s: 1, true, 0 or false", option->name), -1;
}

/* A list has one value a line. */
static int set_variable(struct pe_args *args, const struct pe_option *option, const char *value)
{
    char *copy, *part;

    if (option->kind == PE_OPTION_SWITCH)
        return set_switch(args, option, value);
    copy = pe_args_keep(args, value);
    if (copy == NULL)
        return -1;
    if (option->kind != PE_OPTION_LIST)
        return pe_args_set(args, option, copy);
    while ((part = strsep(&copy, "\n")) != NULL)
        if (*part != '\0' && pe_args_set(args, option, part) != 0)
            return -1;
    return 0;
}

static int take_variable(const struct pe_command *command, struct pe_args *args,
                         const char *variable)
{
    const char *name = variable + strlen(PREFIX), *equals = strchr(name, '=');
    size_t length = equals == NULL ? strlen(name) : (size_t)(equals - name);
    const struct pe_option *option = NULL;
    char lowered[NAME_BYTES] = "";

    if (lower(name, length, lowered))
        option = find(lowered, PE_FROM_ENVIRONMENT);
    if (option == NULL)
        return refuse_variable(name, length, lowered);
    if (equals == NULL || equals[1] == '\0' || !is_wanted(command, args, option))
        return 0;
    if (set_variable(args, option, equals + 1) != 0)
        return -1;
    origin_of(args, option)->source = PE_FROM_ENVIRONMENT;
    return 0;
}

static int read_environment(const struct pe_command *command, struct pe_args *args)
{
    for (char **variable = environ; variable != NULL && *variable != NULL; variable++)
        if (strncmp(*variable, PREFIX, strlen(PREFIX)) == 0 &&
            take_variable(command, args, *variable) != 0)
            return -1;
    return 0;
}

/* ---- the file ---- */

/* -1, with its place before what is wrong. */
static int refuse(const struct pe_args *args, const struct pe_setting *setting, const char *wrong,
                  const char *more)
{
    pe_complain("%s: line %lu, column %lu: \"%.60s\": %s%s", pe_settings_file(args->settings),
                (unsigned long)setting->line, (unsigned long)setting->column, setting->name, wrong,
                more);
    return -1;
}

static int refuse_name(const struct pe_args *args, const struct pe_setting *setting)
{
    const char *like = suggest(setting->name, PE_FROM_FILE);
    char more[NAME_BYTES + 32] = "";

    if (is_given_only(setting->name))
        return refuse(args, setting, "a configuration file cannot set this", "");
    if (like != NULL) {
        strcat(more, " (did you mean \"");
        strncat(more, like, NAME_BYTES);
        strcat(more, "\"?)");
    }
    return refuse(args, setting, "there is no such setting", more);
}

static int set_values(struct pe_args *args, const struct pe_option *option,
                      const struct pe_setting *setting)
{
    char *copy;

    for (size_t i = 0; i < setting->values.count; i++) {
        copy = pe_args_keep(args, setting->values.items[i]);
        if (copy == NULL || pe_args_set(args, option, copy) != 0)
            return -1;
    }
    return 0;
}

static int take_setting(const struct pe_command *command, struct pe_args *args,
                        const struct pe_setting *setting)
{
    const struct pe_option *option = find(setting->name, PE_FROM_FILE);
    struct pe_origin *origin;

    if (strcmp(setting->name, "$schema") == 0)
        return 0;
    if (option == NULL)
        return refuse_name(args, setting);
    if (option->kind == PE_OPTION_SWITCH && setting->kind != PE_SETTING_SWITCH)
        return refuse(args, setting, "this is true or false", "");
    if (option->kind != PE_OPTION_SWITCH && setting->kind == PE_SETTING_SWITCH)
        return refuse(args, setting, "this is neither true nor false, but ", option->value);
    if (option->kind == PE_OPTION_WORD && setting->kind == PE_SETTING_LIST)
        return refuse(args, setting, "this is one value: ", option->value);
    if (!is_wanted(command, args, option))
        return 0;
    if (option->kind == PE_OPTION_SWITCH)
        pe_args_switch(args, option, setting->on);
    else if (set_values(args, option, setting) != 0)
        return -1;
    origin = origin_of(args, option);
    *origin = (struct pe_origin){PE_FROM_FILE, setting->line, setting->column};
    return 0;
}

/* One line, since a file that lies about changes what a command means. */
static void announce(const struct pe_args *args)
{
    pe_complain("settings of %s (sha256:%.16s)", pe_settings_file(args->settings),
                pe_settings_sha256(args->settings));
}

static int read_file(const struct pe_command *command, struct pe_args *args)
{
    const char *path = args->config != NULL ? args->config : CONFIG_FILE;
    struct pe_job job = {.sandbox = args->sandbox};
    const struct pe_setting *list;
    struct pe_err err = {0};
    size_t count;

    if (args->config != NULL && args->no_config)
        return pe_complain("--config and --no-config: give one of them"), -1;
    if (args->no_config || (args->config == NULL && access(path, F_OK) != 0))
        return 0;
    if (pe_settings_load(path, &job, &args->settings, &err) != 0)
        return pe_complain("%s", err.text), -1;
    list = pe_settings_list(args->settings, &count);
    for (size_t i = 0; i < count; i++)
        if (take_setting(command, args, &list[i]) != 0)
            return -1;
    announce(args);
    return 0;
}

int pe_args_configure(const struct pe_command *command, struct pe_args *args)
{
    if (!pe_option_taken(command, "--config") || args->help)
        return 0;
    if (read_environment(command, args) != 0 || read_file(command, args) != 0)
        return -1;
    return pe_args_settle(command, args);
}
