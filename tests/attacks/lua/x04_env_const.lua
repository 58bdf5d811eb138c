-- attack: CVE-2022-28805 in the file itself
-- expect: refused when the pack loads
local _ENV <const> = 11
X = "hi"
