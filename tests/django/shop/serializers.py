"""What goes over the wire."""

from rest_framework import serializers

from shop.models import Draft, Note, Product


class ProductSerializer(serializers.ModelSerializer):
    class Meta:
        model = Product
        fields = ["id", "name", "price", "rating", "category", "currency", "in_stock", "created"]


class NoteSerializer(serializers.ModelSerializer):
    owner = serializers.ReadOnlyField(source="owner.username")
    priority = serializers.IntegerField(min_value=0, max_value=5, required=False)

    class Meta:
        model = Note
        fields = ["id", "owner", "title", "text", "pinned", "priority"]


class DraftSerializer(NoteSerializer):
    class Meta(NoteSerializer.Meta):
        model = Draft
