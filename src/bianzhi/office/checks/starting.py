"""What somebody who writes the office's first pack begins with."""

START = """\
# 本办的规则包。# 后面是说明，不起作用。文字一律用英文的双引号括起来。
title = "本办规则"
level = "office"          # nation 全国、province 省、city 市、county 县（区）、office 本办
place = "本县"

# 先写文件：每份一节，方括号里自己起名。
[sources.banfa]
title = "某某机构编制管理办法"
doc_no = "某编发〔2020〕1号"
grade = "V"               # V 核过原文；V- 二手；K 听说；只有 V 直接启用

# 再写规则：每条一节，编号见上面的表。以下、以上都含本数。
[[rules]]
rule = "CK-13"            # 小散弱
name = "own"
source = "banfa"
clause = "第几条"
severity = "info"         # error 违规、warn 预警、info 提示
scope = { categories = ["4"] }
parameters = { most = 5 }

[[rules]]
rule = "CK-08"            # 领导职数：10 名以下 1—2 名，11 名以上至多 3 名
name = "own"
source = "banfa"
clause = "第几条"
severity = "warn"
scope = { categories = ["4"] }
parameters = { ladder = [
    { from = 0, to = 10, least = 1, most = 2 },
    { from = 11, most = 3 },
] }
"""
