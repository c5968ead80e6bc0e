# 记分
told-award = { $rule }{ $many ->
    [one] {""}
   *[many] {" "}{ $times }
 }
told-opening = 从旧本子转来
rule-times = { $count }{ $unit ->
    [hour] 小时
    [day] 天
    [month] 个月
   *[time] 次
 }
rule-category = { $category ->
    [volunteer-service] 志愿服务
    [civil-customs] 文明习俗
    [civic-participation] 文明参与
    [good-deeds] 好人好事
    [evaluations] 文明评比
    [special-work] 特殊工作
   *[employment-promotion] 就业促进
 }
task-record = 记分
task-opening = 旧本子转来
list-award = 记过的分
record-who = 给谁记分？
record-category = 做了哪一类事？
record-rule = 做了什么？
record-degree = 是哪一级？
record-times = { $unit ->
    [hour] 几个小时？
    [day] 几天？
    [month] 几个月？
   *[time] 几次？
 }
record-second = 这一笔还要一位工作人员看过
opening-points = 旧本子上有几分？
opening-second = 还要一位工作人员看过
kind-award = 记分
kind-points-in = 转入
refusal-day-too-far = 那一天太久了，或者还没到。
refusal-day-too-far-next = 最多补记{ $days }天以内的。
refusal-no-budget = 站里的记分额度用完了。
refusal-no-budget-next = 请报给总行，拨了额度再记。
refusal-own-household = 不能给自己家里人办。
refusal-own-household-next = 请另一位工作人员来办。
refusal-same-fact = 同一件事已经按别的规则记过了，不重复记。
refusal-same-fact-next = 不用再记；记错了就更正原来那一笔。
refusal-rule-gone = 那一天没有这条规则。
refusal-rule-gone-next = 请看看规则和日期。
refusal-rule-minus = 扣分的规则不能这样记。
refusal-rule-minus-next = 请按扣分的办法来。
refusal-rule-path = 这一条不能在这里直接记。
refusal-rule-path-next = 请按规则上写的办法来。
refusal-rule-once = 这一条已经记过了，不能再记。
refusal-rule-once-next = 不用再记。
