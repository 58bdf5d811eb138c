-- pack.lua: a pack with two holes, which mutation tests must find, and nothing else
-- SPDX-License-Identifier: Apache-2.0

return { id = "doors", title = { en = "Doors", ja = "扉" }, version = "1", as_of = "/as_of" }
