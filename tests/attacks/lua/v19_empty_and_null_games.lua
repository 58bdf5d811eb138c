-- attack: null, empty and absent values in every place that takes a value
-- expect: unknown or error, never a pass
pcall(ensure, s.portal.nothing) pcall(ensure, nil) pcall(ensure)
pcall(ensure, true, s.portal.nothing) pcall(ensure, true, 3) pcall(ensure, true, "x") pcall(ensure, true, {})
pcall(ensure, false, nil, s) pcall(ensure, false, nil, {}) pcall(ensure, false, nil, { en = 3 })
pcall(ensure, false, nil, { en = s }) pcall(ensure, 0) pcall(ensure, "false") pcall(ensure, s)
return s.absent
