/* complain.c: what is wrong with a setting, and where that was set. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cmd/command.h"

/* What is behind the option's name in the text, NULL: it is about something else. A parameter is
 * called by its own name. */
static const char *behind_name(const char *text, const struct pe_option *option)
{
    size_t length = strlen(option->name);

    if (strcmp(option->name, "--param") == 0 && strncmp(text, "the parameter ", 14) == 0)
        return text;
    if (strncmp(text, option->name, length) != 0)
        return NULL;
    if (text[length] == ':' && text[length + 1] == ' ')
        return text + length + 2;
    return text[length] == ' ' ? text + length + 1 : NULL;
}

void pe_name_in_environment(const struct pe_option *option, char out[PE_VARIABLE_BYTES])
{
    snprintf(out, PE_VARIABLE_BYTES, "POLICYEVAL_%s", option->name + 2);
    for (char *c = out; *c != '\0'; c++)
        if (*c == '-')
            *c = '_';
        else if (*c >= 'a' && *c <= 'z')
            *c = (char)(*c - 'a' + 'A');
}

int pe_complain_of(const struct pe_args *args, const char *format, ...)
{
    char text[2048], variable[PE_VARIABLE_BYTES];
    const struct pe_option *option;
    const char *wrong;
    va_list values;

    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    for (size_t i = 0; (option = pe_option_at(i)) != NULL; i++) {
        const struct pe_origin *origin = &args->origins[i];
        wrong = behind_name(text, option);
        if (wrong != NULL && origin->source == PE_FROM_FILE)
            return pe_complain("%s: line %lu, column %lu: \"%s\": %s",
                               pe_settings_file(args->settings), (unsigned long)origin->line,
                               (unsigned long)origin->column, option->name + 2, wrong);
        if (wrong != NULL && origin->source == PE_FROM_ENVIRONMENT) {
            pe_name_in_environment(option, variable);
            return pe_complain("the environment's %s: %s", variable, wrong);
        }
    }
    return pe_complain("%s", text);
}
