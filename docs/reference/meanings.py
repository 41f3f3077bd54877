"""What each field of a verb means, in Chinese: by field, then by verb where it means more."""

from __future__ import annotations

FIELDS = {
    "org": "单位：机构、内设机构或编制池的代码",
    "to": "转入的单位",
    "from": "转出的单位",
    "kind": "编制种类或领导职数种类的代码",
    "n": "数量，大于零",
    "funding": "经费形式的代码；不写表示不分经费形式",
    "to_funding": "转入时的经费形式；不写则与 funding 相同",
    "pool": "编制池的代码",
    "matter": "在办事项的编号",
    "ticket": "用编号码",
    "claimant": "锁编事项的编号，或用编号码",
    "duty": "职责的代码，一经使用不再他用",
    "text": "职责条文",
    "person": "人员的代码，一经使用不再他用",
    "persons": "人员代码的列表",
    "name": "名称",
    "nameplate": "牌子上的名称",
    "parent": "上级机构",
    "supervisor": "主管部门；只改它而不写 parent 时，原先一致的上级机构随之改",
    "sponsor": "举办单位",
    "rank": "机构规格的代码",
    "category": "机构类别的代码",
    "welfare_class": "公益类别的代码",
    "nature": "机构性质",
    "funding_form": "单位整体的经费形式的代码",
    "subject": "机构、人员、职责、事项或号码的代码",
    "field": "登记项的英文名，见下表",
    "value": "新的值，按登记项的类型写；null 表示到此为止",
    "no": "变更的编号",
    "into": "承接的单位",
    "on": "生效日期；不写则为文件的生效日期",
    "source": "出处：第几条，或哪个文件哪一格",
}

# (verb, field) where the same field says something of its own
OF_VERB = {
    ("下达", "to"): "接受编制的单位或编制池",
    ("核增", "from"): "编制来源：编制池、别的单位，或 `上级`",
    ("收回", "to"): "收回到哪里：编制池、别的单位，或 `上级`",
    ("核定", "n"): "核定的编制数，可以是 0",
    ("核定", "from"): "差额从哪里来（或回到哪里去）",
    ("置换", "kind"): "换出的种类",
    ("置换", "n"): "换出的数量",
    ("置换", "to_kind"): "换入的种类",
    ("置换", "to_n"): "换入的数量；不写则与 n 相同",
    ("调剂", "legs"): "各笔的列表，每笔为 `{holder, n, kind?, funding?, source?}`：n 带正负号，"
    "holder 可以是对方科目；不写 kind、funding 的，用下面两项",
    ("调剂", "kind"): "各笔共用的种类",
    ("调剂", "funding"): "各笔共用的经费形式",
    ("锁编", "name"): "事项的名称，第一次锁编时登记",
    ("占编", "matter"): "从这个事项锁住的编制中占用",
    ("移职", "to"): "接过职责的单位",
    ("移职", "text"): "新的条文；不写则不变",
    ("设立", "org"): "新单位的代码，终身不变、不得复用",
    ("设立", "name"): "批准的全称",
    ("设立", "class"): "`org` 机构、`section` 内设机构、`pool` 编制池",
    ("设立", "fields"): "其他登记项；也可以不写 fields，直接与 name 并列写出，"
    "如 `\"rank\": \"6\"`。写了主管部门而没有写上级机构的，上级机构同主管部门",
    ("更名", "name"): "批准的新全称",
    ("冻结", "status"): "`frozen` 冻结，`merging` 整合中",
    ("设码", "tree"): "代码表：`quota_kind`、`org_rank`、`org_category`、`welfare_class`、"
    "`funding_form`",
    ("设码", "code"): "新代码",
    ("设码", "parent"): "归在哪个代码之下，并承袭它的属性",
    ("设码", "attributes"): "属性，如 `{\"group\": true}` 为分类名，"
    "`{\"family\": \"leadership\"}` 为领导职数",
    ("上编", "name"): "姓名，第一次登记时写",
    ("上编", "amount"): "占用几名编制",
    ("上编", "counts"): "false 表示人在单位而不占编制",
    ("上编", "ticket"): "用哪个用编号码占住的编制",
    ("下编", "reason"): "出编原因",
    ("转隶", "kind"): "新的编制种类；不写则不变",
    ("转隶", "funding"): "新的经费形式；不写则不变",
    ("任职", "kind"): "领导职数种类的代码，可带规格，如 `LD1@6`",
    ("任职", "title"): "职务名称",
    ("任职", "name"): "姓名，第一次登记时写",
    ("任职", "counts"): "false 表示任职而不占职数",
    ("核对", "kind"): "种类的代码，也可以是分类名，如 `S` 为全部事业类编制",
    ("核对", "n"): "公布的数",
    ("核对", "scope"): "`unit` 一个单位，`subtree` 一个单位及其下属，`area` 全区",
    ("核对", "org"): "单位；写 `上级` 则核对下达总量；area 不写",
    ("核对", "funding"): "只核对一种经费形式；不写则各种合计",
    ("核对", "figure"): "`approved` 核定，`actual` 实有；area 只有核定",
    ("核对", "tolerance"): "公布者四舍五入造成的允许差",
    ("停止核对", "no"): "登记这个公布数的变更的编号",
    ("停止核对", "line"): "它是那号变更中的第几个公布数（核定也算一个）",
    ("作废", "no"): "要作废的变更的编号",
    ("补依据", "no"): "原先没有文件的变更的编号",
    ("撤销", "into"): "承接单位的列表",
    ("合并", "sources"): "被合并单位的列表，可以包含 into 自己",
    ("合并", "into"): "合并成的单位：其中之一，或同一文件中新设的",
    ("合并", "carry"): "false 表示不自动带过去，由其他事项逐一安排",
    ("拆分", "into"): "承接单位的列表",
    ("拆分", "end"): "false 表示原单位保留",
}  # fmt: skip

CHANGE = {
    "kind": "`regular` 有依据（默认）、`opening` 期初、`unverified` 待核实",
    "by": "经办人",
    "note": "备注",
    "document": "依据文件，见下表；只有期初和待核实可以没有",
}
DOCUMENT = {
    "title": "标题，必填",
    "doc_no": "文号，如 `甲编发〔2023〕5号`；没有文号的文件（预算、年鉴）不写",
    "issuer": "发文机关",
    "clause": "这号变更办的是文件的哪一条；同一文件分几次办理时必须写",
    "file_digest": "文件扫描件的 SHA-256，64 位十六进制",
    "doc_date": "成文日期",
    "effective_on": "生效日期；不写则与成文日期相同",
}


def meaning(verb: str, field: str) -> str:
    """What a field of a verb means.

    Raises:
        KeyError: Nobody has said it yet.
    """
    return OF_VERB.get((verb, field)) or FIELDS[field]
