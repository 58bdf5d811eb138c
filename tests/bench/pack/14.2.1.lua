-- 14.2.1 Secure development policy
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Secure development policy", ja = "セキュリティに配慮した開発のための方針" },
  severity   = "medium",
  owner      = "provider",
  references = { "ISO/IEC 27017:2015 14.2.1" },
  tags       = { "development" },

  rules = {
    {
      id    = "repositories-are-protected",
      title = {
        en = "Repositories are protected, reviewed and analysed",
        ja = "リポジトリが保護され、レビューと静的解析が行われている",
      },
      fix   = { en = "Change the repository's settings.", ja = "リポジトリの設定を変更してください。" },
      check = function(s)
        for _, repository in ipairs(s.repos) do
          ensure(repository.protected, repository, "default branch is not protected")
          ensure(repository.reviews >= 1, repository, "no review needed")
          ensure(repository.sast, repository, "no static analysis")
        end
      end,
    },
  },
}
