-- 6.1.1 Information security roles and responsibilities
-- SPDX-License-Identifier: Apache-2.0
--
-- The provider runs applications, equipment and the base of the service; the customer is
-- responsible for what it configures (IAD) or stores (CTX). The matrix says so area by area.

local matrix = use("matrix")
local placeholders = use("placeholders")
local statements = use("statements")

return {
  title      = {
    en = "Information security roles and responsibilities",
    ja = "情報セキュリティの役割及び責任",
  },
  severity   = "medium",
  owner      = { iad = "shared", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 6.1.1", "ISO/IEC 27001:2022 A.5.2", "IIJ-IAD012-0002 6.1.1", "IIJ-VDS051-0002 6.1.1",
  },
  tags       = { "responsibility", "attestation" },
  params     = statements.params(matrix.with_params{}),

  rules = {
    {
      id    = "areas-listed", ref = "R1",
      title = {
        en = "Every area of the service and its options is in the matrix",
        ja = "サービスと契約オプションのすべての領域が責任分担表に記載されている",
      },
      fix   = {
        en = "Add the area that is named to the matrix, with the side that is accountable; have the provider "
          .. "confirm it.",
        ja = "指摘された領域と責任区分を責任分担表に追加し、事業者に確認してください。",
      },
      check = function(s, params)
        matrix.check_listed(s, params)
      end,
    },
    {
      id    = "one-party", ref = "R1",
      title = {
        en = "Every area is one side's, or shared by both",
        ja = "領域ごとの責任区分が一つに定まっている",
      },
      fix   = {
        en = "Merge the rows of the area that is named, and settle with the other side who is accountable.",
        ja = "指摘された領域の行を一つにまとめ、責任区分を双方で取り決めてください。",
      },
      check = function(s)
        matrix.check_parties(s)
      end,
    },
    {
      id    = "shared-areas-split", ref = "R1",
      title = {
        en = "Every shared area says who does what",
        ja = "共有する領域について、分担の内容が記載されている",
      },
      fix   = {
        en = "Write down which tasks of the area are the provider's and which the customer's.",
        ja = "共有の領域について、事業者とお客様それぞれの作業範囲を記載してください。",
      },
      check = function(s, params)
        matrix.check_splits(s, params)
      end,
    },
    {
      id    = "customer-areas", ref = "R2", owner = "customer",
      title = {
        en = "What the customer configures and stores is listed as the customer's",
        ja = "お客様が設定・保存するデータがお客様の責任範囲とされている",
      },
      fix   = {
        en = "Correct the matrix: the area that is named is the customer's.",
        ja = "指摘された領域の責任区分を「お客様」に訂正してください。",
      },
      check = function(s, params)
        matrix.check_customer(s, params)
      end,
    },
    {
      id    = "provider-areas", ref = "R3", owner = "provider",
      title = {
        en = "Applications, equipment and the base of the service are listed as the provider's",
        ja = "アプリケーション・設備・サービス基盤が事業者の責任範囲とされている",
      },
      fix   = {
        en = "Correct the matrix: the area that is named is the provider's.",
        ja = "指摘された領域の責任区分を「事業者」に訂正してください。",
      },
      check = function(s, params)
        matrix.check_provider(s, params)
      end,
    },
    {
      id    = "document-named", ref = "R4",
      title = {
        en = "The matrix is in a document that is in force and can be found",
        ja = "責任分担を定めた文書が有効で、参照先が示されている",
      },
      fix   = {
        en = "Name the document that holds the matrix: title, version, date, and where it is.",
        ja = "責任分担を定めた文書の名称・版数・日付・掲載場所を記録してください。",
      },
      check = function(s, params, as_of)
        local document = s.responsibility.document
        local title = document.title
        ensure(not placeholders.is_one(title, params), document, {
          en = "the document is not named",
          ja = "文書名が記載されていません",
        })
        local version = document.version
        ensure(not placeholders.is_one(version, params), document, {
          en = "no version of {title} is named",
          ja = "「{title}」の版数が記載されていません",
        }, { title = title })
        local dated = document.dated
        ensure(time.day(dated) <= statements.today(s, as_of), document, {
          en = "{title} {version} is dated {dated} and not yet in force",
          ja = "「{title}」{version} 版は {dated} 付けで、まだ有効ではありません",
        }, { title = title, version = version, dated = dated })
        ensure(has(document, "url"), document, {
          en = "nothing says where {title} can be found",
          ja = "「{title}」の掲載場所が記載されていません",
        }, { title = title })
      end,
    },
    {
      id    = "split-attested", ref = "R4",
      title = {
        en = "The division of responsibilities is attested",
        ja = "責任分担について有効な表明がある",
      },
      fix   = {
        en = "Confirm with the provider that the division still holds, and record it as a statement for 6.1.1 with "
          .. "the document as evidence.",
        ja = "責任分担が現在も有効であることを事業者に確認し、文書を証跡として 6.1.1 の表明に記録してください。",
      },
      check = function(s, params, as_of)
        statements.ensure(s, params, as_of, "6.1.1", "shared")
      end,
    },
  },
}
