-- attack: subjects whose labels hold line breaks, escapes and other paths
-- expect: fail, the label escaped; the place stays right
for _, e in ipairs(s.labels) do
  ensure(e.id == "good", e, "{id}", { id = e.id })
  ensure(false, e, "again {x}", { x = e })
end
