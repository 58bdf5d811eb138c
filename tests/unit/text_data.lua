-- text_data.lua: writes text_data.h, what Lua's own string library says of patterns.
-- SPDX-License-Identifier: Apache-2.0
-- Run: LC_ALL=C lua5.4 tests/unit/text_data.lua > tests/unit/text_data.h

local subjects = {
  "", "a", "hello world", "  trimmed  ", "key = value", "2026-05-04T17:15:48Z", "aaaaaaaaab",
  "(nested (parens) here) tail", "THE (quick) fox", "a.b.c", "x^2+y^2", "192.0.2.17/24",
  "CN=adm1,OU=Admins,DC=example", "tab\tand\nline", "nul\0inside", "caf\xc3\xa9 \xff",
  "]brackets[", "100%", "alo xyzK", "  ", "one;two;;four", "abcabcabc",
}

local patterns = {
  "", "a", ".", "hello", "l+", "l*", "o w", "^%s*(.-)%s*$", "(%w+)%s*=%s*(%w+)", "%d+", "%D+",
  "^(%d%d%d%d)-(%d%d)-(%d%d)", "a-b", "a*b", "a+b", "a?b", "%b()", "%f[%a]%a+%f[%A]", "()ll()",
  "[%w%.]+", "^%d", "%d$", "[^,]+", "(%u+)=(%w+)", "%c", "%z", "\0", "%p", "[%s%p]+", "[]]", "[^]]",
  "[a-]", "[%-a]", "[a%-z]", "%%", "(a)(b)(c)%3%2", "(.)%1", "((.).)", "^", "$", "^$", ".-;", "(.-);",
  "%x+", "%g+", "%l+", "%u", "%W", "[^%s]", "[\x80-\xff]+", "%", "[a", "[^", "[]", "(a", "a)", "%b",
  "%b(", "%f", "%f[", "%1", "(%1)", "%0", "(a)%2", "[a%", string.rep("(", 33), "%f[\0]", "[a-c]-$",
  "x?y?z?", "(x?)(a?)()", "()", "%a%s",
}

-- As a C string literal.
local function quote(text)
  return '"' .. text:gsub('[^%w !#-/:->@%[%]-`{-~]', function(c)
    return ("\\%03o"):format(c:byte())
  end) .. '"'
end

local function capture(value)
  return math.type(value) and "@" .. value or "'" .. value .. "'"
end

local function captures(list, first)
  local out = {}
  for i = first, list.n do
    out[#out + 1] = capture(list[i])
  end
  return table.concat(out, " ")
end

local function plain_error(text)
  return "error: " .. (text:gsub("^[^:]*:%d+: ", ""))
end

local function find(subject, pattern)
  local r = table.pack(pcall(string.find, subject, pattern))
  if not r[1] then
    return plain_error(r[2])
  elseif r[2] == nil then
    return "no"
  end
  return ("%d %d "):format(r[2], r[3]) .. captures(r, 4)
end

local function gmatch(subject, pattern)
  local out = {}
  local ok, why = pcall(function()
    local step = string.gmatch(subject, pattern)
    local r = table.pack(step())
    while r[1] do
      out[#out + 1] = captures(r, 1)
      r = table.pack(step())
    end
  end)
  return ok and table.concat(out, "|") or plain_error(why)
end

local function gsub(subject, pattern, with)
  local ok, text, count = pcall(string.gsub, subject, pattern, with)
  return ok and ("%d "):format(count) .. text or plain_error(text)
end

local function row(subject, pattern, with, want)
  local with_text = with and quote(with) or "NULL"
  print(("    {T(%s), T(%s), %s, T(%s)},"):format(quote(subject), quote(pattern), with_text,
    quote(want)))
end

local function rows(name, step, first, with, ask)
  local n = first
  print(("static const struct row %s[] = {"):format(name))
  for _, subject in ipairs(subjects) do
    for _, pattern in ipairs(patterns) do
      n = n + 1
      local w = with and with[n % #with + 1]
      local want = ask(subject, pattern, w)
      -- gsub itself does not mind a capture that is never closed
      if n % step == 0 and (ask ~= gsub or not find(subject, pattern):find("unfinished")) then
        row(subject, pattern, w, want)
      end
    end
  end
  print("};\n")
end

print [[
/* text_data.h: what Lua 5.4 says of patterns; written by text_data.lua. */
/* SPDX-License-Identifier: Apache-2.0 */
/* clang-format off */
#define T(literal) literal, sizeof literal - 1

struct row {
    const char *subject;
    size_t subject_length;
    const char *pattern;
    size_t pattern_length;
    const char *with;
    const char *want;
    size_t want_length;
};
]]
rows("lua_find", 3, 0, nil, find)
rows("lua_gmatch", 7, 3, nil, gmatch)
rows("lua_gsub", 7, 5, { "<%0>", "%1", "[%1%%]", "-", "", "%2", "%", "%x" }, gsub)
