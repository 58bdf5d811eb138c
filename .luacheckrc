-- Exactly the names that a policy sees: whatever else it uses does not exist there.

local everything = { other_fields = true }

local function fields(names)
  local set = {}
  for name in names:gmatch("%S+") do
    set[name] = {}
  end
  return { fields = set }
end

stds.policyeval = {
  read_globals = {
    -- assertions and remarks
    "ensure", "note", "not_applicable", "attested",
    -- what may be absent or empty
    "has", "get", "is_null", "maybe_empty", "is_empty", "each",
    -- the pack's lib/
    "use",
    -- Lua
    "ipairs", "pairs", "next", "select", "type", "tostring", "tonumber", "assert", "error", "pcall",
    table = fields("concat insert remove sort unpack"),
    math = fields("floor ceil max min abs huge maxinteger mininteger tointeger type"),
    string = fields("find match gmatch gsub sub upper lower rep format byte len reverse"),
    -- helpers
    net = everything, time = everything, tls = everything, ports = everything, text = everything,
  },
}

std = "policyeval"
max_line_length = 120
unused_args = false -- check = function(s, params, as_of)

files["**/model.lua"] = {
  read_globals = {
    "record", "list", "map", "text", "enum", "integer", "number", "boolean", "format", "ref",
    "nullable",
  },
}

files["**/tests/*.lua"] = {
  read_globals = { "null", "empty_list", "empty_object" },
}
