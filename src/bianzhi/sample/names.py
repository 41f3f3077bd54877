"""Invented names of people: common surnames, common characters, thrown together by chance."""

from __future__ import annotations

from random import Random

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
)
DOUBLE = ("欧阳", "上官", "司马", "诸葛")
MEN = "建国志强文斌海涛永军俊杰伟明宏亮振华少峰立新庆丰子轩浩然成林学东世平家豪宇航正阳光耀鹏飞"
WOMEN = "秀英丽娟玉兰雪梅晓燕慧敏静怡婷婷红霞春花佳琪思雨欣悦雅芳月琴桂芝淑珍文静美玲巧云若曦诗涵"
NEUTRAL = "安宁清和嘉言润泽乐知远之一凡景行书同"


def person_name(chance: Random, man: bool) -> str:
    """A name of two to four characters."""
    surname = chance.choice(DOUBLE) if chance.random() < 0.006 else chance.choice(SURNAMES)
    pool = (MEN if man else WOMEN) + NEUTRAL
    given = chance.choice(pool)
    if chance.random() < 0.78:
        given += chance.choice(pool)
    return surname + given
