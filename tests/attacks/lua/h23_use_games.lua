-- attack: use() of paths that leave the pack, and of what does not exist
-- expect: an error
for _, name in ipairs({ "../pack", "../../../etc/passwd", "/etc/passwd", "", ".", "x\0y", ("x"):rep(300), ("x/"):rep(100), "\xff\n" }) do
  local ok, what = pcall(use, name)
  assert(not ok, name)
  assert(#tostring(what) < 1000)
end
pcall(use) pcall(use, {}) pcall(use, s) pcall(use, nil)
use("../pack")
