/* coverage_exit.c: keeps the coverage counters of processes that leave through _exit().
 * SPDX-License-Identifier: Apache-2.0
 *
 * Only in coverage builds, which link with --wrap=_exit.
 */
void __gcov_dump(void);
_Noreturn void __real__exit(int status);
_Noreturn void __wrap__exit(int status);

_Noreturn void __wrap__exit(int status)
{
    __gcov_dump();
    __real__exit(status);
}
